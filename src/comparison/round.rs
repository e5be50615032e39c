//! One prompt for all recipes.

use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::write::drawn;
use super::{Recipe, Written, write};
use crate::decoding::{DecodingError, HiddenStates, Pen, generate_together};
use crate::numerics::rng;

/// What is written, and how often.
///
/// The work comes in rounds, one a prompt. After any number of rounds every recipe has written from the same
/// prompts, so a comparison can be ended early and is still paired.
///
/// # Random numbers
/// The text number `j` after prompt number `i` draws from the same stream under every recipe: two recipes
/// that cut alike write alike, and what chance does to both cancels in their difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The settings that are compared.
    pub recipes: Vec<Recipe>,
    /// Texts of each prompt and recipe.
    pub texts: usize,
    /// The most tokens of a text.
    pub tokens: usize,
    /// The seed of all draws.
    pub seed: u64,
    /// The number of the first text, where the texts of a prompt come in several rounds: the second round of four
    /// texts has 4. A recipe without chance writes in the first round alone, and has no text in later ones.
    pub first: usize,
}

impl Plan {
    /// Texts of one round.
    pub fn texts_of_a_round(&self) -> usize {
        self.recipes.len() * self.texts
    }

    /// The texts of one prompt: by recipe, then by text. On all cores; the number of threads changes no bit. A
    /// recipe without chance writes once, and that text stands for all.
    ///
    /// # Errors
    /// As [`write()`].
    ///
    /// # Examples
    /// ```
    /// use concepts::comparison::{Family, Plan, Recipe};
    /// use concepts::language_model::{TextCodec, TextModel, Unit};
    /// let text = "the cat sat on the mat. the cat ate. the rat sat on the cat.";
    /// let model = TextModel::train(text, Unit::Characters, 3)?;
    ///
    /// let recipes = vec![Recipe::new(Family::Greedy, 0.0), Recipe::new(Family::TopP, 0.9)];
    /// let plan = Plan { recipes, texts: 2, tokens: 20, seed: 7, first: 0 };
    /// let round = plan.round(model.generator(), 0, &model.codec().encode("the ")?)?;
    /// assert_eq!(round.len(), 2);
    /// assert_eq!(round[0][0], round[0][1]); // greedy
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn round<M: HiddenStates + Sync>(
        &self,
        model: &M,
        number: usize,
        prompt: &[u32],
    ) -> Result<Vec<Vec<Written>>, DecodingError> {
        let one = |&(place, text): &Job| {
            write(model, prompt, &self.recipes[place], self.tokens, &mut self.chance(number, text))
        };
        // One by one: searches, which take longest, stand side by side in the list.
        let jobs = self.jobs();
        let written = jobs.par_iter().with_max_len(1).map(one).collect::<Result<_, _>>()?;
        Ok(self.by_recipe(jobs, written))
    }

    /// As [`Plan::round`], with texts that grow side by side, for a model that is faster when it is asked for many at
    /// once. Searches come after, one by one; each has its prefixes side by side.
    ///
    /// # Errors
    /// As [`write()`].
    pub fn round_together<M: HiddenStates>(
        &self,
        model: &M,
        number: usize,
        prompt: &[u32],
    ) -> Result<Vec<Vec<Written>>, DecodingError>
    where
        M::State: Send,
    {
        let (mut drawn_by, mut pens, mut searched) = (Vec::new(), Vec::new(), Vec::new());
        for job in self.jobs() {
            match self.recipes[job.0].chooser(model.vocab_size())? {
                Some(strategy) => {
                    drawn_by.push(job);
                    pens.push(Pen { strategy, rng: Box::new(self.chance(number, job.1)) });
                }
                None => searched.push(job),
            }
        }
        let texts = generate_together(model, prompt, pens, self.tokens)?;
        let mut written: Vec<Written> = texts.into_iter().map(|text| drawn(text, model.end())).collect();
        for &(place, text) in &searched {
            let chance = &mut self.chance(number, text);
            written.push(write(model, prompt, &self.recipes[place], self.tokens, chance)?);
        }
        Ok(self.by_recipe([drawn_by, searched].concat(), written))
    }

    /// What has to be written. A recipe without chance writes once.
    fn jobs(&self) -> Vec<Job> {
        let last = self.first + self.texts;
        let texts = |recipe: &Recipe| if recipe.is_random() { self.first..last } else { self.first..1 };
        let recipes = self.recipes.iter().enumerate();
        recipes.flat_map(|(place, recipe)| texts(recipe).map(move |text| (place, text))).collect()
    }

    /// The same for all recipes: what differs is the strategy, not luck.
    fn chance(&self, number: usize, text: usize) -> ChaCha8Rng {
        rng(self.seed, &format!("comparison: prompt {number}, text {text}"))
    }

    /// The one text of a recipe without chance stands for all.
    fn by_recipe(&self, jobs: Vec<Job>, written: Vec<Written>) -> Vec<Vec<Written>> {
        let mut round = vec![Vec::new(); self.recipes.len()];
        for ((place, _), text) in jobs.into_iter().zip(written) {
            round[place].push(text);
        }
        for texts in &mut round {
            let once = texts.clone();
            texts.extend(once.iter().cycle().take(self.texts.saturating_sub(once.len())).cloned());
        }
        round
    }
}

/// A recipe, and which of its texts.
type Job = (usize, usize);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::comparison::Family;
    use crate::decoding::LanguageModel;

    /// Nine tokens; each likes those that are a little higher.
    struct Rising;

    impl LanguageModel for Rising {
        type State = u32;

        fn vocab_size(&self) -> usize {
            9
        }

        fn start(&self) -> u32 {
            0
        }

        fn advance(&self, last: &mut u32, token: u32) {
            *last = token;
        }

        fn logits(&self, last: &u32, logits: &mut [f32]) {
            let away = |token: usize| ((token + 9 - *last as usize) % 9) as f32;
            logits.iter_mut().enumerate().for_each(|(token, logit)| *logit = -0.4 * away(token));
        }
    }

    impl HiddenStates for Rising {
        fn hidden(&self, last: &u32) -> Vec<f32> {
            (0..9).map(|token| f32::from(u8::from(token == *last))).collect()
        }
    }

    #[test]
    fn every_family_writes_and_threads_change_nothing() {
        let each = |family: Family| Recipe::sweep(family, family.short_sweep());
        let plan =
            Plan { recipes: Family::all().flat_map(each).collect(), texts: 2, tokens: 12, seed: 3, first: 0 };
        let run = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| plan.round(&Rising, 5, &[1, 2]).unwrap())
        };
        let one = run(1);
        assert_eq!(one, run(3));
        assert_eq!(one, plan.round_together(&Rising, 5, &[1, 2]).unwrap());
        for (recipe, texts) in plan.recipes.iter().zip(&one) {
            assert_eq!(texts.len(), 2, "{recipe:?}");
            assert!(texts.iter().all(|text| text.log_probs.len() >= text.tokens.len()), "{recipe:?}");
            assert!(recipe.is_random() || texts[0] == texts[1], "{recipe:?}");
        }
    }

    #[test]
    fn texts_that_come_in_rounds_are_those_that_come_at_once() {
        let recipes = vec![Recipe::new(Family::Greedy, 0.0), Recipe::new(Family::TopP, 0.9)];
        let plan =
            |texts: usize, first: usize| Plan { recipes: recipes.clone(), texts, tokens: 9, seed: 2, first };
        let round = |texts, first| plan(texts, first).round(&Rising, 3, &[1]).unwrap();
        let (whole, early, late) = (round(5, 0), round(2, 0), round(3, 2));
        assert_eq!(whole[1], [early[1].clone(), late[1].clone()].concat());
        assert!(late[0].is_empty() && whole[0][0] == early[0][0]);
    }

    #[test]
    fn settings_that_cut_nothing_write_the_same_text() {
        let open =
            [(Family::Temperature, 1.0), (Family::TopP, 1.0), (Family::TopK, 1e6), (Family::MinP, 0.0)];
        let recipes = open.map(|(family, value)| Recipe::new(family, value)).to_vec();
        let plan = Plan { recipes, texts: 1, tokens: 40, seed: 1, first: 0 };
        let round = plan.round(&Rising, 0, &[1]).unwrap();
        assert!(round.iter().all(|texts| texts[0].tokens == round[0][0].tokens));
    }
}
