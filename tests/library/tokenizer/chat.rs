//! Templates of chats against transformers, and what does not come to an end.

use concepts::tokenizer::{ChatError, ChatOptions, ChatTemplate, Message};
use serde_json::Value;

#[test]
fn chats_are_written_as_transformers_writes_them() {
    let fixture: Value =
        serde_json::from_str(include_str!("../../fixtures/tokenizer/chat.json")).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut refused = 0;
    for case in fixture["cases"].as_array().expect("a list") {
        let name = text(&case["template"]);
        let template = ChatTemplate::new(&text(&fixture["templates"][&name])).expect("a published template");
        let chat = &fixture["chats"][case["chat"].as_u64().expect("a place") as usize];
        let said: Vec<(String, String)> =
            chat.as_array().expect("a list").iter().map(|turn| (text(&turn[0]), text(&turn[1]))).collect();
        let messages: Vec<Message<'_>> =
            said.iter().map(|(role, content)| Message { role, content }).collect();
        let options = ChatOptions {
            add_generation_prompt: case["prompt"] == true,
            bos: "<bos>",
            eos: "<eos>",
            date: fixture["date"].as_str(),
        };
        let found = template.render(&messages, options);
        let wanted = match case.get("refused") {
            Some(said) => Err(ChatError::Refused { said: text(said) }),
            None => Ok(text(&case["text"])),
        };
        refused += usize::from(wanted.is_err());
        assert_eq!(found, wanted, "template {name}, chat {}", case["chat"]);
    }
    assert!(refused > 0, "no case is refused");
}

fn render(template: &str) -> Result<String, ChatError> {
    let messages = [Message { role: "user", content: "Hello" }];
    ChatTemplate::new(template)?.render(&messages, ChatOptions::default())
}

#[test]
fn a_template_that_nests_without_end_is_refused() {
    let many = 100_000;
    for deep in [
        format!("{{{{ {}1 }}}}", "not ".repeat(many)),
        format!("{{{{ {{'a': {{}}}}, {}1 }}}}", "-".repeat(many)),
        format!("{{{{ 'a'{} }}}}", "|upper".repeat(many)),
        format!("{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(many)),
    ] {
        let refused = ChatTemplate::new(&deep).unwrap_err();
        assert!(refused.to_string().contains("more than 2000 words"), "{refused}");
    }
    // Long texts are no depth, whatever stands in them.
    let long = format!("{{{{ '{}' }}}}", "a \\' | ".repeat(many));
    assert!(ChatTemplate::new(&long).is_ok());
}

#[test]
fn a_template_without_end_ends() {
    let nested = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}";
    assert!(matches!(render(nested), Err(ChatError::Endless { .. })));
    let calls = "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}";
    assert!(render(calls).is_err());
    assert_eq!(render("{{ strftime_now('%d') }}"), Err(ChatError::NoDate));
}

#[test]
fn what_is_wrong_in_a_template_is_said_in_a_line() {
    for template in
        ["{% for %}", "{{ messages[0].nothing.more }}", "{{ messages | nothing }}", "{% include 'file' %}"]
    {
        let line = render(template).expect_err(template).to_string();
        assert!(line.starts_with("chat: ") && !line.contains('\n'), "{line}");
    }
}
