/// The bucket of `relative` = position of the key − position of the query. Near distances have a bucket
/// each, far ones share by logarithm, and beyond `farthest` all share the last.
/// The bias is then table[bucket][head], a trained number.
pub fn bucket(relative: i64, bidirectional: bool, buckets: usize, farthest: usize) -> usize {
    // An encoder keeps the upper half for keys after the query; a decoder has none of those.
    let (each, start, distance) = match (bidirectional, relative > 0) {
        (true, after) => (buckets / 2, if after { buckets / 2 } else { 0 }, relative.unsigned_abs()),
        (false, true) => (buckets, 0, 0),
        (false, false) => (buckets, 0, relative.unsigned_abs()),
    };
    let exact = each / 2;
    if distance < exact as u64 {
        return start + distance as usize;
    }
    let share = (distance as f64 / exact as f64).ln() / (farthest as f64 / exact as f64).ln(); // ≥ 0
    start + (exact + (share * (each - exact) as f64) as usize).min(each - 1)
}
