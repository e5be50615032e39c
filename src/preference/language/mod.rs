//! A language so small that every answer can be written down: few words, short answers, one decision a token.
//!
//! | file | what it holds |
//! |---|---|
//! | `policy` | [`TokenPolicy`]: a softmax at every prefix; probabilities of whole answers, exactly |
//! | `tuning` | supervised fine-tuning, and DPO on whole answers |
//! | `ppo` | PPO token by token, with a critic |
//! | `values` | what a state is worth, exactly |

mod policy;
mod ppo;
mod tuning;
mod values;

pub use policy::{Step, TokenPolicy};
pub use ppo::{Ppo, PpoRun};
pub use tuning::{cross_entropy, direct_step, fine_tune_step};
pub use values::{advantages_of, exact_values, token_rewards};

/// Words, and how many of them an answer may have. A prefix is known by a number; an answer is the prefix at which it
/// ended.
///
/// # Examples
/// ```
/// use concepts::preference::language::Language;
/// let language = Language::new(&["a", "b"], 2);
/// assert_eq!(language.answers(), 7); // nothing, a, b, aa, ab, ba, bb
/// assert_eq!(language.states(), 3); // behind two words it ends by itself
/// assert_eq!(language.text(4), "a b");
/// assert_eq!(language.find(&[1, 0]), Some(5));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Language {
    words: Vec<&'static str>,
    /// The words of every prefix, shorter ones first.
    prefixes: Vec<Vec<usize>>,
    states: usize,
}

impl Language {
    /// All answers of at most `longest` words.
    pub fn new(words: &[&'static str], longest: usize) -> Language {
        let mut prefixes: Vec<Vec<usize>> = vec![Vec::new()];
        let (mut from, mut states) = (0, 0);
        for _ in 0..longest {
            let end = prefixes.len();
            for i in from..end {
                for word in 0..words.len() {
                    let longer = prefixes[i].iter().copied().chain([word]).collect();
                    prefixes.push(longer);
                }
            }
            (from, states) = (end, end);
        }
        Language { words: words.to_vec(), prefixes, states }
    }

    /// How many answers there are.
    pub fn answers(&self) -> usize {
        self.prefixes.len()
    }

    /// How many prefixes a decision is made at; they have the first numbers.
    pub fn states(&self) -> usize {
        self.states
    }

    /// How many tokens there are: the words, and the end, which is the last one.
    pub fn tokens(&self) -> usize {
        self.words.len() + 1
    }

    /// The token that ends an answer.
    pub fn end(&self) -> usize {
        self.words.len()
    }

    /// The words of an answer, by number.
    pub fn words_of(&self, answer: usize) -> &[usize] {
        &self.prefixes[answer]
    }

    /// An answer as text.
    pub fn text(&self, answer: usize) -> String {
        let words: Vec<&str> = self.prefixes[answer].iter().map(|&w| self.words[w]).collect();
        words.join(" ")
    }

    /// The number of an answer.
    pub fn find(&self, words: &[usize]) -> Option<usize> {
        self.prefixes.iter().position(|known| known == words)
    }

    /// The prefix that one more word leads to.
    pub fn next(&self, state: usize, word: usize) -> usize {
        // The children of prefix i come in order behind all of its elders' children.
        state * self.words.len() + word + 1
    }

    /// The states on the way to an answer, each with the token taken there.
    pub fn path(&self, answer: usize) -> Vec<Step> {
        let (mut steps, mut state) = (Vec::new(), 0);
        for &word in &self.prefixes[answer] {
            steps.push(Step { state, token: word });
            state = self.next(state, word);
        }
        if state < self.states {
            steps.push(Step { state, token: self.end() });
        }
        steps
    }
}
