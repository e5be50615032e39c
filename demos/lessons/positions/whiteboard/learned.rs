use ndarray::{Array2, Axis, Slice};

/// x (n, d) plus rows first .. first + n of a trained table (max_len, d).
/// While decoding with a cache, `first` is the length of the cache, not 0.
pub fn with_positions(x: &Array2<f64>, table: &Array2<f64>, first: usize) -> Result<Array2<f64>, String> {
    let end = first + x.nrows();
    if end > table.nrows() {
        return Err(format!("position {} is beyond a table of {}", end - 1, table.nrows()));
    }
    Ok(x + &table.slice_axis(Axis(0), Slice::from(first..end)))
}
