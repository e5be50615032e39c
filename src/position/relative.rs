/// How far key `j` of `n_k` lies after query `i` of `n_q`: negative in the past, positive in the future.
///
/// The *last* query is lined up with the *last* key, as in a causal mask: with a KV cache one new query
/// stands at the position of the newest key.
///
/// # Formula
/// `j − (i + n_k − n_q)`
///
/// # Examples
/// ```
/// use concepts::position::relative_position;
/// assert_eq!(relative_position(2, 0, 3, 3), -2); // two tokens back
/// assert_eq!(relative_position(0, 4, 1, 5), 0);  // one new query, its own key
/// ```
pub fn relative_position(i: usize, j: usize, n_q: usize, n_k: usize) -> i64 {
    (j as i64 - n_k as i64) - (i as i64 - n_q as i64)
}
