/// A text that a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hypothesis {
    /// The tokens after the prompt, the end token included.
    pub tokens: Vec<u32>,
    /// The logarithm of its probability.
    pub log_prob: f64,
    /// `log_prob` after the length penalty: what texts are compared by.
    pub score: f64,
    /// Did it end by itself, or was it cut off at the largest length?
    pub ended: bool,
}

/// The best hypotheses so far, the best first; of equal scores the one that came first.
#[derive(Debug)]
pub(super) struct Best {
    list: Vec<Hypothesis>,
    room: usize,
}

impl Best {
    pub(super) fn new(room: usize) -> Self {
        Self { list: Vec::new(), room }
    }

    /// Puts it in its place, and drops the worst if there are too many.
    pub(super) fn add(&mut self, hypothesis: Hypothesis) {
        let place = self.list.partition_point(|other| other.score >= hypothesis.score);
        self.list.insert(place, hypothesis);
        self.list.truncate(self.room);
    }

    /// Can nothing with at most this score get in any more?
    pub(super) fn is_settled(&self, bound: f64) -> bool {
        self.list.len() == self.room && self.list.last().is_none_or(|worst| bound <= worst.score)
    }

    pub(super) fn into_list(self) -> Vec<Hypothesis> {
        self.list
    }
}
