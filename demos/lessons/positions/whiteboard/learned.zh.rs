use ndarray::{Array2, Axis, Slice};

/// x (n, d) 加上可训练的表 (max_len, d) 里从 first 起的 n 行。
/// 带 cache 解码时，`first` 是 cache 的长度，不是 0。
pub fn with_positions(x: &Array2<f64>, table: &Array2<f64>, first: usize) -> Result<Array2<f64>, String> {
    let end = first + x.nrows();
    if end > table.nrows() {
        return Err(format!("position {} is beyond a table of {}", end - 1, table.nrows()));
    }
    Ok(x + &table.slice_axis(Axis(0), Slice::from(first..end)))
}
