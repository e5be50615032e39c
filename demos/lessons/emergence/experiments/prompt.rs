//! The examples in a prompt.

/// The prompt of the written answer, and what the model is to say.
pub(crate) const FRUIT: Prompt =
    Prompt { text: "Apple → 苹果\nBanana → 香蕉\nOrange → ?", answer: "橙子" };
/// The same without examples.
pub(crate) const BARE: Prompt = Prompt { text: "Orange → ?", answer: "橙子" };
/// The same with the answer among the examples, so that it need only be copied.
pub(crate) const TOLD: Prompt =
    Prompt { text: "Apple → 苹果\nOrange → 橙子\nOrange → ?", answer: "橙子" };

/// A prompt of examples and a question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prompt {
    pub text: &'static str,
    pub answer: &'static str,
}

impl Prompt {
    fn sides(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.text.lines().filter_map(|line| line.split_once(" → "))
    }

    /// Lines with a question and its answer.
    pub(crate) fn examples(&self) -> usize {
        self.sides().filter(|(_, right)| *right != "?").count()
    }

    /// Lines that wait for an answer.
    pub(crate) fn questions(&self) -> usize {
        self.sides().filter(|(_, right)| *right == "?").count()
    }

    /// How often the answer stands in the prompt already.
    pub(crate) fn copies(&self) -> usize {
        self.text.matches(self.answer).count()
    }
}
