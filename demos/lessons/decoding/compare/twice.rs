//! Names that stand twice in a JSON object: a reader keeps the last and says nothing.

use std::collections::BTreeSet;

/// The first name that stands twice in an object, or in one inside of it. The text is known to be JSON.
pub(super) fn twice(json: &str) -> Option<String> {
    // The names of the objects that are open.
    let mut open: Vec<BTreeSet<&str>> = Vec::new();
    let mut at = 0;
    while let Some(sign) = json[at..].chars().next() {
        let end = at + sign.len_utf8();
        match sign {
            '{' => open.push(BTreeSet::new()),
            '}' => _ = open.pop(),
            '"' => {
                let (inside, after) = words(json, end);
                let named = json[after..].trim_start().starts_with(':');
                if named && !open.last_mut().is_none_or(|names| names.insert(inside)) {
                    return Some(serde_json::from_str(&json[at..after]).unwrap_or_else(|_| inside.into()));
                }
                at = after;
                continue;
            }
            _ => {}
        }
        at = end;
    }
    None
}

/// What stands in quotation marks, and where it has ended.
fn words(json: &str, begins: usize) -> (&str, usize) {
    let mut escaped = false;
    let ends = json[begins..].find(|sign| {
        let ends = sign == '"' && !escaped;
        escaped = sign == '\\' && !escaped;
        ends
    });
    let ends = begins + ends.unwrap_or(json.len() - begins);
    (&json[begins..ends], (ends + 1).min(json.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_at_any_depth() {
        for once in [
            r#"{"a": 1, "b": [true, null, -1, 2.5, "a"], "c": {"a": 1}}"#,
            r#"{"a": "a", "b": "\"a\": {"}"#,
            r#"[{"a": 1}, {"a": "名"}]"#,
            "\"a\"",
        ] {
            assert_eq!(twice(once), None, "{once}");
        }
        let of = |json: &str| twice(json).unwrap();
        assert_eq!(of(r#"{"a": "x\\", "b": 1, "a" : "y"}"#), "a");
        assert_eq!(of(r#"{"settings": {"p": 0.9, "p": 0.5}}"#), "p");
        assert_eq!(of(r#"{"a": [{"b": 1}, {"c\n": 1, "c\n": 2}]}"#), "c\n");
        assert_eq!(of(r#"{"a": {"b": 1}, "c": {"b": 2}, "a": 3}"#), "a");
    }
}
