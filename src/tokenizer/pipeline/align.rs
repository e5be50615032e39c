//! Changed text that remembers where it comes from.

use std::ops::Range;

/// Text with, for every stretch of it, the bytes of the original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Aligned {
    pub(super) text: String,
    /// In order; none is empty in `text`.
    stretches: Vec<Stretch>,
    /// The most bytes that the text may have.
    most: usize,
    /// Whether there would have been more: what came then is left out.
    pub(super) over: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Stretch {
    /// Where it begins in the changed text.
    at: usize,
    /// What it comes from.
    from: Range<usize>,
    /// Whether byte `i` of it comes from byte `i`.
    bytewise: bool,
}

impl Aligned {
    pub(super) fn new(capacity: usize) -> Self {
        Self::within(capacity, usize::MAX)
    }

    /// A text that does not grow beyond so many bytes.
    pub(super) fn within(capacity: usize, most: usize) -> Self {
        let text = String::with_capacity(capacity.min(most));
        Self { text, stretches: Vec::new(), most, over: false }
    }

    /// The text as it is.
    pub(super) fn same(text: &str) -> Self {
        let mut aligned = Self::new(text.len());
        aligned.push(0..text.len(), text, true);
        aligned
    }

    /// Appends what became of a stretch of the original.
    pub(super) fn push(&mut self, from: Range<usize>, text: &str, bytewise: bool) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len();
        if text.len() > self.most - at {
            self.over = true;
            return;
        }
        self.text.push_str(text);
        match self.stretches.last_mut() {
            Some(last) if bytewise && last.bytewise && last.from.end == from.start => {
                last.from.end = from.end;
            }
            _ => self.stretches.push(Stretch { at, from, bytewise }),
        }
    }

    /// Keeps so many bytes of the changed text.
    pub(super) fn truncate(&mut self, length: usize) {
        self.text.truncate(length);
        while self.stretches.last().is_some_and(|last| last.at >= length) {
            self.stretches.pop();
        }
    }

    /// The bytes of the original from which `range` of the changed text comes.
    pub(super) fn origin(&self, range: Range<usize>) -> Range<usize> {
        let start = self.holding(range.start).map_or(0, |stretch| match stretch.bytewise {
            true => stretch.from.start + (range.start - stretch.at),
            false => stretch.from.start,
        });
        let last = range.end.saturating_sub(1).max(range.start);
        let end = self.holding(last).map_or(0, |stretch| match stretch.bytewise {
            true => stretch.from.start + (range.end - stretch.at),
            false => stretch.from.end,
        });
        start..end.max(start)
    }

    fn holding(&self, at: usize) -> Option<&Stretch> {
        let after = self.stretches.partition_point(|stretch| stretch.at <= at);
        self.stretches.get(after.checked_sub(1)?)
    }

    /// What `next` made of this text, aligned with the original of this one.
    pub(super) fn then(&self, next: Aligned) -> Aligned {
        let mut both = Aligned::new(next.text.len());
        for (i, stretch) in next.stretches.iter().enumerate() {
            let end = next.stretches.get(i + 1).map_or(next.text.len(), |after| after.at);
            let text = &next.text[stretch.at..end];
            if stretch.bytewise {
                self.copy(stretch.from.clone(), text, &mut both);
            } else {
                both.push(self.origin(stretch.from.clone()), text, false);
            }
        }
        both
    }

    /// Appends `text`, which is the range of this text byte by byte, to `both`.
    fn copy(&self, range: Range<usize>, text: &str, both: &mut Aligned) {
        let mut at = range.start;
        while at < range.end {
            let after = self.stretches.partition_point(|stretch| stretch.at <= at);
            let end = self.stretches.get(after).map_or(range.end, |next| next.at.min(range.end));
            let bytewise = self.holding(at).is_some_and(|stretch| stretch.bytewise);
            both.push(self.origin(at..end), &text[at - range.start..end - range.start], bytewise);
            at = end;
        }
    }
}
