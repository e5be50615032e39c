//! Values set into a text.

use crate::kit::number::{around_words, formatted_before, plain};
use crate::kit::text::{Lang, Text};

/// A value that a text names as `[[name]]` or `[[name:form]]`.
pub type Named = (&'static str, Shown);

/// How a value is shown.
#[derive(Debug, Clone, PartialEq)]
pub enum Shown {
    /// By the form that the text asks for, see [`formatted_before`].
    Number(f64),
    /// As it is.
    As(Text),
}

/// The list of values that a text names: `named![n, error = worst, word = "cat"]`.
#[macro_export]
macro_rules! named {
    ($($name:ident $(= $value:expr)?),* $(,)?) => {
        [$((stringify!($name), $crate::named!(@value $name $(= $value)?))),*]
    };
    (@value $name:ident) => { $crate::kit::words::Shown::from($name) };
    (@value $name:ident = $value:expr) => { $crate::kit::words::Shown::from($value) };
}

impl From<f64> for Shown {
    fn from(value: f64) -> Shown {
        Shown::Number(value)
    }
}

/// A count is written in full.
impl From<usize> for Shown {
    fn from(value: usize) -> Shown {
        Shown::As(Text::same(value.to_string()))
    }
}

/// A count is written in full.
impl From<u64> for Shown {
    fn from(value: u64) -> Shown {
        Shown::As(Text::same(value.to_string()))
    }
}

impl From<String> for Shown {
    fn from(value: String) -> Shown {
        Shown::As(Text::same(value))
    }
}

impl From<&str> for Shown {
    fn from(value: &str) -> Shown {
        Shown::As(Text::same(value))
    }
}

impl From<&String> for Shown {
    fn from(value: &String) -> Shown {
        Shown::As(Text::same(value.clone()))
    }
}

impl From<Text> for Shown {
    fn from(value: Text) -> Shown {
        Shown::As(value)
    }
}

/// A text with its values set.
///
/// # Errors
/// The first placeholder that has no value, or whose form a value cannot take.
pub fn fill<'t>(text: &'t str, values: &[Named], lang: Lang) -> Result<String, &'t str> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, inside, behind)) = next(rest) {
        let (name, form) = inside.split_once(':').unwrap_or((inside, ""));
        let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        let set = value.and_then(|value| shown(value, form, lang, behind)).ok_or(inside)?;
        let (before, behind) = around_words(before, &set, behind, lang);
        out += before;
        out += &set;
        rest = behind;
    }
    Ok(out + rest)
}

/// A text without its placeholders.
pub fn without(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, _, behind)) = next(rest) {
        out += before;
        out.push('…');
        rest = behind;
    }
    out + rest
}

/// The names that a text has placeholders for.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, inside, behind) = next(rest)?;
        rest = behind;
        Some(inside.split_once(':').map_or(inside, |(name, _)| name))
    })
}

/// What stands before, inside and behind the next placeholder.
fn next(text: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = text.split_once("[[")?;
    let (inside, behind) = after.split_once("]]")?;
    Some((before, inside, behind))
}

fn shown(value: &Shown, form: &str, lang: Lang, behind: &str) -> Option<String> {
    match value {
        Shown::Number(value) if form.is_empty() && value.is_finite() => Some(plain(*value)),
        Shown::Number(value) => formatted_before(*value, form, lang, behind),
        Shown::As(text) => form.is_empty().then(|| text.get(lang).to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_set_in_the_form_that_the_text_asks_for() {
        let (n, share) = (4096_usize, 0.1815);
        let values = named![n, share, who = Text::new("cat", "猫")];
        let set = |text, lang| fill(text, &values, lang);
        assert_eq!(set("[[n]] of [[who]]: [[share:.2]]", Lang::En).unwrap(), "4096 of cat: 0.18");
        assert_eq!(set("[[who]][[share:%]]", Lang::Zh).unwrap(), "猫18.1%");
        let endless = named![x = f64::INFINITY];
        assert_eq!(
            fill("从 0 到 [[x:big]]之间，[[x]] 倍", &endless, Lang::Zh).unwrap(),
            "从 0 到无穷大之间，无穷大倍"
        );
        assert_eq!(set("[[unknown]]", Lang::En), Err("unknown"));
        assert_eq!(set("[[share:wide]]", Lang::En), Err("share:wide"));
        assert_eq!(names("[[n]] of [[share:.2]]").collect::<Vec<_>>(), ["n", "share"]);
    }
}
