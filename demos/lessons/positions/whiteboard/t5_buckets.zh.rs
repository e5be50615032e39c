/// `relative` = key 的位置 − query 的位置，求它落在哪个桶。近的距离一个一桶，
/// 远的按对数合并，超过 `farthest` 的都进最后一桶。
/// 偏置就是 table[bucket][head]，一个学出来的数。
pub fn bucket(relative: i64, bidirectional: bool, buckets: usize, farthest: usize) -> usize {
    // 编码器把后一半桶留给 query 之后的 key；解码器没有这样的 key。
    let (each, start, distance) = match (bidirectional, relative > 0) {
        (true, after) => (buckets / 2, if after { buckets / 2 } else { 0 }, relative.unsigned_abs()),
        (false, true) => (buckets, 0, 0),
        (false, false) => (buckets, 0, relative.unsigned_abs()),
    };
    let exact = each / 2;
    if distance < exact as u64 {
        return start + distance as usize;
    }
    let share = (distance as f64 / exact as f64).ln() / (farthest as f64 / exact as f64).ln(); // 0 … 1
    start + (exact + (share * (each - exact) as f64) as usize).min(each - 1)
}
