//! C9, C10: what becomes of the merges.

use concepts::tokenizer::bpe::{Pair, WordCount, WordEnd};
use concepts::tokenizer::pretokenize::escape_spaces;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::EXACT;
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::sentencepiece;
use crate::lessons::tokenization::experiments::whiteboard::{
    CORPUS, Cut, RULES, cut, cuts, joined, merges, options, paths_with, tie_paths, token,
};

use super::{counted, none};

/// C9
pub(super) fn final_vocabulary(_seed: u64) -> Claim {
    let all = tie_paths(&CORPUS);
    let ways = all.len();
    let has_all = all
        .iter()
        .filter(|path| ["lowe", "new", "newest"].iter().all(|t| path.iter().any(|pair| token(pair) == *t)))
        .count();
    let test = |words: &[WordCount<&str>]| {
        let paths = tie_paths(words);
        let share = |wanted: &str| paths_with(&paths, wanted) as f64 / paths.len() as f64;
        let of = |what: Text, wanted: &str, target: f64| {
            Measure::near(what, share(wanted), target, 0.0, EXACT).over(paths.len())
        };
        Test(vec![
            of(
                text("share of all ways to break ties that make new", "所有平局走法中，产生 new 的占比"),
                "new",
                0.0,
            ),
            of(text("that make newest", "产生 newest 的占比"), "newest", 1.0),
            of(text("that make lowe", "产生 lowe 的占比"), "lowe", 0.5),
        ])
    };
    let (new, lowe) = (paths_with(&all, "new"), paths_with(&all, "lowe"));
    Claim::corrected(
        "LLM-Q8-C9",
        text("The final vocabulary contains lowe, new and newest.", "最终词表里有 lowe、new、newest。"),
        Test(vec![
            counted(
                text("ways to break the ties whose vocabulary has all three", "所有平局走法中，三个都有的"),
                has_all,
                ways,
            )
            .over(ways),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "new comes up in {new} of {ways} ways to break the ties: w+e is merged first, so the w of newest never stands alone; lowe comes up in {lowe}"
                ),
                format!(
                    "{ways} 种平局走法里，产生 new 的有 {new} 种：第一步就合并了 w+e，newest 里的 w 不再单独存在；lowe 在 {lowe} 种里出现"
                ),
            ),
            say: text(
                "newest is certain. new cannot arise, since its w was merged with e in the very first step. lowe depends on how ties are broken: half of all ways make it.",
                "newest 一定有；new 不可能有，因为 w 在第一步就和 e 合并了；lowe 要看平局怎么选，一半的走法里有。",
            ),
            test: test(&CORPUS),
        },
        vec![Control::new(
            text("lower left out, so that w+e is tied", "语料里去掉 lower，w+e 就不再领先"),
            test(&[CORPUS[0], CORPUS[2]]),
        )],
    )
}

/// A word that the corpus lacks.
const LOWEST: &str = "lowest";

/// In how many ways to break the ties it is cut so.
fn ways_to(paths: &[Vec<Pair>], how: Cut) -> impl Fn(&str) -> usize {
    let all = cuts(paths, LOWEST, how);
    move |wanted: &str| all.iter().find(|(cut, _)| cut == wanted).map_or(0, |(_, paths)| *paths)
}

/// How it is cut under the rules in use: the four, and SentencePiece's with ▁ before each word.
fn rules_in_use(how: Cut) -> Vec<String> {
    let plain = |tie| cut(&merges(&CORPUS, &options(tie, WordEnd::Unmarked)), LOWEST, how);
    let own = cut(&sentencepiece::merges(), &escape_spaces(LOWEST), how);
    RULES.iter().map(|(rule, _)| plain(*rule)).chain([own]).map(|pieces| joined(&pieces)).collect()
}

/// What comes of encoding, over all ways to break the ties and under the rules in use.
fn cuts_of_lowest(paths: &[Vec<Pair>], how: Cut) -> Test {
    const IN_USE: [&str; 5] = ["lowe·s·t", "lowe·s·t", "lo·west", "lo·we·st", "▁lo·west"];
    let ways = ways_to(paths, how);
    let rules = rules_in_use(how);
    let of = |what: Text, wanted: &str, target: usize| counted(what, ways(wanted), target).over(paths.len());
    Test(vec![
        of(text("ways to break the ties that give low·e·st", "平局走法中得到 low·e·st 的"), "low·e·st", 0),
        of(text("that give lowe·st", "得到 lowe·st 的"), "lowe·st", 8),
        of(text("that give lo·west, the most frequent", "得到 lo·west（最多）的"), "lo·west", 16),
        none(
            text("rules in use, of five, that give lowe·st", "5 种实际使用的规则中，得到 lowe·st 的"),
            rules.iter().filter(|cut| cut.trim_start_matches('▁') == "lowe·st").count(),
        ),
        counted(
            text(
                "rules in use, of five, that give lowe·s·t (first met, smallest pair), lo·west (largest pair), lo·we·st (smallest ids), ▁lo·west (SentencePiece)",
                "5 种规则中，依次给出 lowe·s·t（先遇到的、字典序最小）、lo·west（字典序最大）、lo·we·st（id 最小）、▁lo·west（SentencePiece）的",
            ),
            rules.iter().zip(IN_USE).filter(|(cut, wanted)| cut == wanted).count(),
            IN_USE.len(),
        ),
        counted(
            text(
                "ways to break the ties whose tokens give low·e·st by the longest match",
                "改用最长匹配时，得到 low·e·st 的平局走法",
            ),
            ways_to(paths, Cut::Longest)("low·e·st"),
            12,
        )
        .over(paths.len()),
    ])
}

/// C10
pub(super) fn encoding(_seed: u64) -> Claim {
    let paths = tie_paths(&CORPUS);
    let by_rank = ways_to(&paths, Cut::ByRank);
    let written = by_rank("low·e·st") + by_rank("lowe·st");
    let shown = rules_in_use(Cut::ByRank);
    let longest = ways_to(&paths, Cut::Longest)("low·e·st");
    Claim::corrected(
        "LLM-Q8-C10",
        text(
            "The result for lowest is [low, e, st] or [lowe, st].",
            "lowest 的结果是 [low, e, st] 或 [lowe, st]。",
        ),
        Test(vec![
            counted(
                text("ways to break the ties that give one of the two", "平局走法中得到这两种之一的"),
                written,
                paths.len(),
            )
            .over(paths.len()),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "by rank the rules in use give {}; of {} ways to break the ties none gives low·e·st and {} give lowe·st. Cutting by the longest match, which is WordPiece, gives low·e·st in {longest} of them",
                    distinct(&shown, ", "),
                    paths.len(),
                    by_rank("lowe·st"),
                ),
                format!(
                    "按合并顺序编码，实际使用的规则得到 {}；{} 种平局走法里没有一种得到 low·e·st，{} 种得到 lowe·st。改用最长匹配（那是 WordPiece）才会有 {longest} 种得到 low·e·st",
                    distinct(&shown, "、"),
                    paths.len(),
                    by_rank("lowe·st"),
                ),
            ),
            say: text(
                "Encoding replays the merges in the order learned, so given the merges there is one result. Here it is lo·we·st, lo·west or lowe·s·t, as the tie rule has it. low·e·st cannot come out: the e is taken by we before low exists.",
                "编码就是按学到的顺序重放合并，合并列表定了，结果就唯一。这里随平局规则是 lo·we·st、lo·west 或 lowe·s·t；low·e·st 不可能出现，因为 low 还没产生，e 就先被 we 占了。",
            ),
            test: cuts_of_lowest(&paths, Cut::ByRank),
        },
        vec![Control::new(
            text("cut by the longest match in place of the merges", "不按合并顺序，改用最长匹配"),
            cuts_of_lowest(&paths, Cut::Longest),
        )],
    )
}

fn distinct(all: &[String], between: &str) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for one in all {
        if !seen.contains(&one.as_str()) {
            seen.push(one);
        }
    }
    seen.join(between)
}
