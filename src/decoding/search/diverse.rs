use super::beam::{BeamSearch, Found};
use super::expand::{Live, advance, expansions};
use super::hypothesis::Best;
use crate::decoding::generate::after;
use crate::decoding::words::{Bounds, Parameter};
use crate::decoding::{DecodingError, LanguageModel};

/// Beam search in groups that keep apart: n-best texts that differ in more than a comma.
///
/// At each step the groups choose one after the other, and a token costs `strength` for each beam of an
/// earlier group that took it at this step (Hamming diversity). The penalty decides who goes on. It is not
/// part of a text's log-probability or score.
///
/// The first group is plain beam search with `beams / groups` beams, and so is every group if `strength`
/// is 0: they then all find the same.
///
/// # Formula
/// Group `g` ranks by `ln p(b) + ln p(v | b) − λ · #{beams of groups < g that chose v at this step}`
///
/// # Reference
/// Vijayakumar et al. 2018, *Diverse Beam Search for Improved Description of Complex Scenes*, algorithm 1.
///
/// # Examples
/// ```
/// use concepts::decoding::{BeamSearch, DiverseBeamSearch};
/// use concepts::language_model::TreeModel;
/// let tree = TreeModel::greedy_trap();
/// let search = DiverseBeamSearch { search: BeamSearch::new(2, 3), groups: 2, strength: 1.0 };
/// let groups = search.run(&tree, &[])?;
/// let first: Vec<u32> = groups.iter().map(|group| group.hypotheses[0].tokens[0]).collect();
/// assert_eq!(first, [0, 4]); // A, and then B
/// # Ok::<(), concepts::decoding::DecodingError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DiverseBeamSearch {
    /// All beams together, and the texts wanted of *each* group.
    pub search: BeamSearch,
    /// Groups; they share the beams evenly.
    pub groups: usize,
    /// `λ`, at least 0.
    pub strength: f64,
}

/// One group on its way.
struct Group<S> {
    live: Vec<Live<S>>,
    best: Best,
    found: Found,
}

impl DiverseBeamSearch {
    /// Searches for the continuations of `prompt`; the result has one entry a group.
    ///
    /// The search ends when no group can improve any more, by the rule of [`BeamSearch`].
    ///
    /// # Errors
    /// As [`BeamSearch::run`] for the beams of one group; `groups` is 0 or no divisor of `beams`, or
    /// `strength` is negative or not finite.
    pub fn run<M: LanguageModel>(&self, model: &M, prompt: &[u32]) -> Result<Vec<Found>, DecodingError> {
        let search = self.checked()?;
        let state = after(model, prompt)?;
        let mut groups: Vec<Group<M::State>> = (0..self.groups)
            .map(|_| Group {
                live: vec![Live { state: state.clone(), tokens: Vec::new(), log_prob: 0.0 }],
                best: Best::new(search.n_best),
                found: Found { hypotheses: Vec::new(), steps: 0, rows: 0, expansions: 0 },
            })
            .collect();
        while !groups.iter().all(|group| search.is_settled(&group.best, &group.live)) {
            let mut taken = vec![0u32; model.vocab_size()];
            for group in &mut groups {
                self.step(model, search, group, &mut taken)?;
            }
        }
        let results = groups.into_iter();
        Ok(results.map(|group| Found { hypotheses: group.best.into_list(), ..group.found }).collect())
    }

    /// One token for one group; `taken` counts the tokens that this step's groups chose so far.
    fn step<M: LanguageModel>(
        &self,
        model: &M,
        search: BeamSearch,
        group: &mut Group<M::State>,
        taken: &mut [u32],
    ) -> Result<(), DecodingError> {
        if group.live.is_empty() {
            return Ok(());
        }
        let all = expansions(model, &group.live, |token| self.strength * f64::from(taken[token as usize]))?;
        group.found.steps += 1;
        group.found.rows += group.live.len() as u64;
        group.found.expansions += all.len() as u64;
        group.live = advance(model, &group.live, all, search.rules(), &mut group.best);
        for token in group.live.iter().filter_map(|prefix| prefix.tokens.last()) {
            taken[*token as usize] += 1;
        }
        Ok(())
    }

    /// The search of one group.
    fn checked(&self) -> Result<BeamSearch, DecodingError> {
        if self.groups == 0 {
            return Err(DecodingError::Zero { name: Parameter::Groups });
        }
        let beams = self.search.beams;
        if !beams.is_multiple_of(self.groups) {
            return Err(DecodingError::GroupsDoNotDivide { beams, groups: self.groups });
        }
        crate::decoding::error::check_finite(Parameter::Diversity, self.strength, 0.0, Bounds::NotNegative)?;
        let search = BeamSearch { beams: beams / self.groups, ..self.search };
        search.check()?;
        Ok(search)
    }
}
