use super::{Chain, ClassicalError};

/// Paths that are tried at most.
pub const MOST_PATHS: usize = 1 << 20;

/// Every path of a chain with its score, in the order of counting: the last tag changes first.
///
/// The recursions are right if they agree with this; it takes `Kⁿ` paths where they take `n·K²` steps.
///
/// # Errors
/// [`ClassicalError::TooManyPaths`] above [`MOST_PATHS`].
///
/// # Examples
/// ```
/// use concepts::classical::{Chain, every_path};
/// use ndarray::array;
/// let chain = Chain::new(array![[1.0, 0.0], [0.0, 0.5]], array![[0.0, -2.0], [0.0, 0.0]])?;
/// let paths = every_path(&chain)?;
/// assert_eq!(paths.len(), 4);
/// assert_eq!(paths[1], (vec![0, 1], -0.5));
/// # Ok::<(), concepts::classical::ClassicalError>(())
/// ```
pub fn every_path(chain: &Chain) -> Result<Vec<(Vec<usize>, f64)>, ClassicalError> {
    let (words, tags) = (chain.words(), chain.tags());
    let count = u32::try_from(words).ok().and_then(|n| tags.checked_pow(n)).filter(|&n| n <= MOST_PATHS);
    let Some(count) = count else {
        return Err(ClassicalError::TooManyPaths { tags, words, most: MOST_PATHS });
    };
    let mut path = vec![0; words];
    let mut all = Vec::with_capacity(count);
    for _ in 0..count {
        all.push((path.clone(), chain.score(&path)?));
        for tag in path.iter_mut().rev() {
            *tag += 1;
            if *tag < tags {
                break;
            }
            *tag = 0;
        }
    }
    Ok(all)
}
