//! The language.

use std::ffi::OsString;

use demos::kit::text::Lang;

/// The language in force: `--lang` if it is among the words, else the system's.
///
/// It is looked for before anything is parsed, so that a refusal speaks the right language too.
pub(crate) fn language(words: &[OsString]) -> Lang {
    asked_for(words).unwrap_or_else(|| of_locale(&sys_locale::get_locale().unwrap_or_default()))
}

fn asked_for(words: &[OsString]) -> Option<Lang> {
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let mut asked = None;
    for (i, word) in words.iter().enumerate() {
        let code = match word.strip_prefix("--lang") {
            Some("") => words.get(i + 1).map(|next| &**next),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        // the last one counts, as it does for every flag
        asked = Lang::ALL.into_iter().find(|lang| Some(lang.code()) == code).or(asked);
    }
    asked
}

fn of_locale(locale: &str) -> Lang {
    match locale.split(['-', '_']).next() {
        Some("zh") => Lang::Zh,
        _ => Lang::En,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(line: &str) -> Option<Lang> {
        asked_for(&line.split(' ').map(OsString::from).collect::<Vec<_>>())
    }

    #[test]
    fn the_flag_is_found_wherever_it_stands() {
        assert_eq!(asked("demo attention --lang zh"), Some(Lang::Zh));
        assert_eq!(asked("demo --lang=zh atention"), Some(Lang::Zh));
        assert_eq!(asked("demo --lang zh attention --lang en"), Some(Lang::En));
        assert_eq!(asked("demo --lang fr"), None);
        assert_eq!(asked("demo --lang"), None);
        assert_eq!(asked("demo --language zh"), None);
    }

    #[test]
    fn every_chinese_locale_means_chinese() {
        for locale in ["zh-CN", "zh_TW", "zh", "zh-Hant-HK"] {
            assert_eq!(of_locale(locale), Lang::Zh);
        }
        for locale in ["en-US", "C", "", "de-DE", "zhx"] {
            assert_eq!(of_locale(locale), Lang::En);
        }
    }
}
