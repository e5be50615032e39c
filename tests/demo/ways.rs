//! Ways round a page: sections, single claims, in brief, the spoken answer, code, and finding words.

use demos::LESSONS;

use super::{demo, refused};

#[test]
fn the_page_says_what_its_sections_are() {
    let page = demo(&["attention", "--no-claims"]);
    assert!(page.out.contains("1 Tokens become vectors · 2 "), "{}", &page.out[..600]);
    assert!(page.out.contains("--section 3 · --answer · --brief"));
}

#[test]
fn a_section_alone_brings_the_claims_that_it_points_to() {
    let section = demo(&["attention", "--section", "4"]);
    assert!(section.out.contains("4 Scaling by √dₖ") && !section.out.contains("5 The mask"));
    assert!(section.out.contains("LLM-Q1-C3") && !section.out.contains("LLM-Q1-C10"));
    refused(&["attention", "--section", "40"], &["--section 40", "sections 1 to "]);
    refused(&["attention", "--section", "0"], &["--section 0", "from 1"]);
}

#[test]
fn a_flag_that_a_section_has_no_use_for_is_named() {
    let run = |more: &[&str]| demo(&[&["clip", "--no-claims", "--lang", "en"][..], more].concat()).out;
    let idle = run(&["--section", "5", "--queries", "7", "--patch", "16", "--steps", "20"]);
    assert!(idle.contains("This section is the same without --patch (see 6), --queries (see 6)."), "{idle}");
    assert!(
        !idle.contains("--steps (see")
            && !run(&["--section", "6", "--queries", "7"]).contains("is the same without")
    );
    assert!(!run(&["--section", "5"]).contains("is the same without"));
    let both = demo(&[
        "regularization",
        "--section",
        "7",
        "--lambda",
        "2",
        "--lr",
        "0.01",
        "--no-claims",
        "--lang",
        "en",
    ]);
    assert!(both.out.contains("This section is the same without --lambda (see 3"), "{}", both.out);
    // A flag that is used there hides no other, in a lesson with a second page neither.
    let one = demo(&[
        "emergence",
        "--section",
        "2",
        "--items",
        "77",
        "--length",
        "7",
        "--no-claims",
        "--lang",
        "en",
    ]);
    assert!(one.out.contains("This section is the same without --items (see "), "{}", one.out);
    let claim = demo(&["clip", "C3", "--queries", "7", "--lang", "en"]).out;
    assert!(claim.contains("Not used here: --queries."), "{claim}");
    let answer = |more: &[&str]| demo(&[&["attention", "--answer", "--lang", "en"][..], more].concat()).out;
    assert!(answer(&["--causal"]).contains("Not used here: --causal."));
    assert!(!answer(&[]).contains("Not used"));
    let one = demo(&["rlhf", "--answer", "--beta", "0.5", "--epsilon", "0.5", "--lang", "en"]).out;
    assert!(one.contains("Not used here: --epsilon. The answer is the same without."), "{one}");
    let brief = |args: &[&str]| demo(&[args, &["--brief", "--no-claims", "--lang", "en"][..]].concat()).out;
    let spare = brief(&["rope", "--head-dim", "8"]);
    assert!(spare.contains("Not used here: --head-dim. The brief is the same without."), "{spare}");
    // Without the longer sequence such a source would be refused.
    let needed = brief(&["architectures", "--seq", "32", "--source", "31"]);
    assert!(needed.contains("Not used here: --seq, --source. The brief is the same without."), "{needed}");
    assert!(!brief(&["attention", "--causal"]).contains("Not used"));
    let used = demo(&["rope", "--answer", "--len", "30000", "--lang", "en"]).out;
    assert!(!used.contains("Not used"), "{used}");
    let code = demo(&["attention", "--code", "python", "--causal", "--lang", "en"]).out;
    assert!(code.starts_with("# Not used here: --causal.\n"), "{code}");
    let list = demo(&["scaling", "--model", "LIST", "--compute", "1e20", "--lang", "en"]).out;
    assert!(list.contains("Not used here: --compute. The list is the same without."), "{list}");
    let chinese = demo(&["clip", "--section", "6", "--batch", "8", "--no-claims", "--lang", "zh"]).out;
    assert!(chinese.contains("给不给 --batch（用在第 2、3、5 节），这一节都一样。"), "{chinese}");
}

#[test]
fn a_claim_alone_brings_all_that_decided_it() {
    let ways: [&[&str]; 6] = [
        &["attention", "C3"],
        &["attention", "Ｃ３、c3"],
        &["attention", "--claim", "c3"],
        &["q1", "C3"],
        &["Q1", "llm-q1-c3"],
        &["LLM-Q1", "C3"],
    ];
    let shown = ways.map(|way| {
        let run = demo(way);
        assert!(run.status == 0 && run.out.contains("control"), "{way:?}: {}", run.err);
        run.out.split(" · ").map(String::from).filter(|part| !part.contains(" s\n")).collect::<String>()
    });
    assert!(shown.iter().all(|page| *page == shown[0]));
    let two = demo(&["attention", "--claim", "C8,C2"]);
    assert!(two.out.find("LLM-Q1-C2").unwrap() < two.out.find("LLM-Q1-C8").unwrap());
    refused(&["attention", "C99"], &["no claim \"C99\"", "C1 to C16"]);
    refused(&["attention", "word"], &["no claim \"word\""]);
}

#[test]
fn claims_are_one_line_each_until_more_is_asked_for() {
    let lines = |args: &[&str]| demo(&[&["rope"], args].concat()).out.lines().count();
    let (folded, evidence, brief) = (lines(&[]), lines(&["--evidence"]), lines(&["--brief"]));
    assert!(folded + 100 < evidence && brief < folded, "{folded} {evidence} {brief}");
}

#[test]
fn a_check_may_name_claims() {
    let run = demo(&["check", "rope", "C14", "c2", "attention"]);
    assert!(
        run.out.contains("LLM-Q3-C14") && run.out.contains("LLM-Q3-C2") && run.out.contains("LLM-Q1-C16")
    );
    assert!(!run.out.contains("LLM-Q3-C3 "));
    assert!(demo(&["check", "LLM-Q3-C14"]).out.starts_with(['✓', '◐', '✗']));
    refused(&["check", "C3"], &["no lesson \"C3\""]);
    refused(&["check", "rope", "C99"], &["rope has no claim \"C99\""]);
}

#[test]
fn an_answer_may_be_that_for_one_kind_of_interview() {
    let answer = |more: &[&str]| demo(&[&["rope", "--answer"], more].concat());
    let (both, one, other) =
        (answer(&[]), answer(&["--role", "algorithm"]), answer(&["--role", "engineering"]));
    assert_eq!([&both, &one, &other].map(|run| run.status), [0; 3]);
    assert!(one.out != other.out && one.out.len() < both.out.len());
    refused(&["attention", "--role", "algorithm"], &["--role belongs to --answer"]);
}

#[test]
fn an_entry_of_the_contents_stays_on_a_line_in_chinese_too() {
    for (lesson, entry) in [("attention", "10 为什么不用 RNN？"), ("heads", "6 访存还是计算，谁是瓶颈")]
    {
        let page = demo(&[lesson, "--lang", "zh", "--no-claims"]).out;
        // Among the contents, and above its section.
        assert!(page.matches(entry).count() >= 2, "{page}");
        assert!(!page.contains('\u{2060}'));
    }
}

#[test]
fn flags_that_each_say_what_to_show_do_not_go_together() {
    refused(&["attention", "--answer", "--brief"], &["--answer and --brief", "give one"]);
    refused(&["attention", "C3", "--section", "2"], &["--section and --claim"]);
    refused(&["attention", "--evidence", "--no-claims"], &["--evidence", "leave it out"]);
    refused(&["attention", "--brief", "--format", "json"], &["--brief", "json keeps everything"]);
}

#[test]
fn words_are_found_in_both_languages() {
    let found = demo(&["find", "kv", "cache"]).out;
    assert!(found.lines().take(3).any(|line| line.starts_with("demo heads ")), "{found}");
    assert!(demo(&["find", "温度", "--lang", "zh"]).out.contains("demo decoding"));
    let nothing = demo(&["find", "xyzzy"]);
    assert_eq!((nothing.status, nothing.err.as_str()), (1, ""));
    refused(&["find"], &["find what?"]);
}

#[test]
fn markdown_stands_alone() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.md");
    let run = demo(&["rope", "--format", "markdown", "--out", page.to_str().unwrap()]);
    assert_eq!(run.status, 0, "{}", run.err);
    let text = std::fs::read_to_string(&page).unwrap();
    let links: Vec<&str> =
        text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link).collect();
    let pictures: Vec<&&str> = links.iter().filter(|link| link.ends_with(".svg")).collect();
    assert!(!pictures.is_empty());
    assert!(pictures.iter().all(|link| folder.path().join(link).is_file()), "{pictures:?}");
    assert!(text.contains("negative control"));
}

#[test]
fn code_comes_in_both_languages() {
    for lesson in LESSONS {
        let name = lesson.card.name;
        let [rust, python] =
            [&["--code"][..], &["--code", "python"]].map(|flag| demo(&[&[name], flag].concat()));
        assert!(rust.out.contains("fn ") && python.out.contains("def "), "{name}");
    }
    refused(&["attention", "--code", "cobol"], &["--code cobol", "rust, python"]);
}
