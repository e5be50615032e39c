//! One answer out of many.

/// The answer that occurs most often; of several, the one that came first. `None` without answers.
///
/// Sample several solutions, keep the final answer of each, vote. It helps where the right answer is the
/// most probable *answer*, though no single solution is; where a wrong one is, it hurts.
///
/// # Formula
/// `argmaxₐ Σᵢ [aᵢ = a]`
///
/// # Reference
/// Wang et al. 2023, *Self-Consistency Improves Chain of Thought Reasoning in Language Models*, section 2.
///
/// # Examples
/// ```
/// use concepts::decoding::majority_vote;
/// assert_eq!(majority_vote(&["18", "26", "18", "14"]), Some(&"18"));
/// assert_eq!(majority_vote(&[7, 5, 5, 7]), Some(&7));
/// ```
pub fn majority_vote<A: PartialEq>(answers: &[A]) -> Option<&A> {
    let mut best: Option<(&A, usize)> = None;
    for answer in answers {
        let votes = answers.iter().filter(|other| *other == answer).count();
        if best.is_none_or(|(_, most)| votes > most) {
            best = Some((answer, votes));
        }
    }
    best.map(|(answer, _)| answer)
}
