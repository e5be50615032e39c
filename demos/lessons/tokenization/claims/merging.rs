//! C6 to C8: byte-pair encoding on the nine words of the written answer.

use concepts::tokenizer::bpe::{Pair, TieRule, WordCount, WordEnd};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::text::{Text, text};
use crate::lessons::tokenization::experiments::learned::{
    chosen_once, disagreements, largest_rise, readable, recounted_errors, sizes_missed, tied_corpora,
};
use crate::lessons::tokenization::experiments::sentencepiece::marked;
use crate::lessons::tokenization::experiments::whiteboard::{
    CORPUS, RULES, count, joins, merges, options, steps, tie_paths, token,
};

use super::{counted, none};

/// How many of the nine words are which.
const OF_NINE: Text = text("counted by hand on nine words", "九个词，可以手算核对");

/// C6
pub(super) fn the_algorithm(seed: u64) -> Claim {
    let corpora = tied_corpora(seed);
    let test = |merges_of: &dyn Fn(&[WordCount<String>]) -> Vec<Pair>| {
        Test(vec![
            counted(
                text(
                    "merges that are not the most frequent pair of a table counted anew",
                    "重新数一遍后，不是最高频 pair 的合并次数",
                ),
                corpora.iter().map(|words| recounted_errors(words, &merges_of(words))).sum(),
                0,
            )
            .over(corpora.iter().map(|words| merges_of(words).len()).sum())
            .drawn(seed),
            counted(
                text("merges that differ from counts kept up to date", "与增量更新计数的训练不一致的合并数"),
                corpora.iter().map(|words| disagreements(words, &merges_of(words))).sum(),
                0,
            )
            .over(corpora.len())
            .drawn(seed),
            Measure::at_most(
                text("largest rise of the count from one merge to the next", "相邻两次合并，计数的最大增幅"),
                corpora.iter().map(|words| largest_rise(words, &merges_of(words))).max().unwrap_or(1) as f64,
                0.0,
                text(
                    "a new pair has at most the count of the merge that made it",
                    "新 pair 的计数不超过产生它的那次合并",
                ),
            )
            .over(corpora.len())
            .drawn(seed),
            none(
                text(
                    "tokens beyond the size asked for, or short of it, where pairs are left",
                    "还有 pair 可合并时，词表比要求的大小多出或不足的 token 数",
                ),
                corpora.iter().map(|words| sizes_missed(words)).sum(),
            )
            .over(corpora.len())
            .drawn(seed),
        ])
    };
    Claim::holds(
        "LLM-Q8-C6",
        text(
            "BPE starts from single characters, merges the most frequent pair of neighbours, and repeats until the vocabulary is large enough.",
            "BPE 从单字符出发，每次合并出现最多的相邻 pair，重复到词表够大为止。",
        ),
        test(&readable),
        vec![Control::new(
            text(
                "all merges taken from the first table, without counting again",
                "只数一次：所有合并都取自第一张表",
            ),
            test(&chosen_once),
        )],
    )
}

/// In how many of the twelve trainings (four tie rules, three ways to mark the end of a word) the merge
/// of this number joins these two.
fn agreeing(words: &[WordCount<&str>], number: usize, left: &str, right: &str) -> usize {
    let ends = [WordEnd::Unmarked, WordEnd::Symbol, WordEnd::Suffix];
    let runs = RULES.iter().flat_map(|(rule, _)| ends.map(|end| merges(words, &options(*rule, end))));
    runs.filter(|merges| merges.get(number).is_some_and(|pair| joins(pair, left, right))).count()
}

/// The corpus with another number of `newest`.
fn with_newest(count: u64) -> [WordCount<&'static str>; 3] {
    CORPUS.map(|(word, known)| (word, if word == "newest" { count } else { known }))
}

/// The counts of a pair before the first merge.
fn at_first(words: &[WordCount<&str>], left: &str, right: &str) -> u64 {
    steps(words, &options(TieRule::First, WordEnd::Unmarked))
        .first()
        .map_or(0, |step| count(step, left, right))
}

/// C7
pub(super) fn first_merge(_seed: u64) -> Claim {
    let (we, lo) = (at_first(&CORPUS, "w", "e"), at_first(&CORPUS, "l", "o"));
    let test = |words: &[WordCount<&str>]| {
        Test(vec![
            counted(text("count of w+e", "w+e 的次数"), at_first(words, "w", "e") as usize, 6),
            counted(text("count of l+o", "l+o 的次数"), at_first(words, "l", "o") as usize, 5),
            counted(
                text(
                    "trainings of 12 (four tie rules, three word ends) that merge w+e first",
                    "12 种训练（4 种平局规则 × 3 种词尾标记）中，第 1 步合并 w+e 的",
                ),
                agreeing(words, 0, "w", "e"),
                12,
            ),
            counted(
                text("of the same 12, those that merge l+o second", "同上，第 2 步合并 l+o 的"),
                agreeing(words, 1, "l", "o"),
                12,
            ),
            counted(
                text(
                    "pairs level with l+o at the second merge once ▁ stands before each word, itself among them",
                    "每个词前加上 ▁ 之后，第 2 步与 l+o 次数相同的 pair（含它自己）",
                ),
                steps(&marked(words), &options(TieRule::First, WordEnd::Unmarked))
                    .get(1)
                    .map_or(0, |step| step.ties.len()),
                2,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q8-C7",
        text("On the nine words the first merge is l+o.", "在这九个词上，第一次合并的是 l+o。"),
        Test(vec![Measure::at_least(
            text("count of l+o less that of the most frequent pair", "l+o 的次数 − 最高频 pair 的次数"),
            lo as f64 - we.max(lo) as f64,
            0.0,
            OF_NINE,
        )]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "w+e stands in lower (2×) and in newest (4×), {we} times in all; l+o in low (3×) and lower (2×), only {lo} times"
                ),
                format!(
                    "w+e 在 lower 里 2 次、newest 里 4 次，一共 {we} 次；l+o 只在 low（3 次）和 lower（2 次）里，共 {lo} 次"
                ),
            ),
            say: text(
                "Count before you merge: w+e occurs six times, in lower and in newest, l+o five. So the first merge is w+e and the second l+o; neither is tied, so the rule for ties does not matter. Only where ▁ is written before each word does ▁+l come level with l+o.",
                "先数再合并：w+e 在 lower 和 newest 里一共 6 次，l+o 只有 5 次。所以第一步合并 w+e，第二步才是 l+o；这两步都没有平局，用哪种平局规则都一样。只有在词前写上 ▁ 时，▁+l 才会和 l+o 打平。",
            ),
            test: test(&CORPUS),
        },
        vec![Control::new(text("two newest fewer", "少两个 newest"), test(&with_newest(2)))],
    )
}

/// The answer's own sequence: l+o, lo+w, low+e. How many ways to break the ties begin so.
fn as_written(paths: &[Vec<Pair>]) -> usize {
    let wanted = [("l", "o"), ("lo", "w"), ("low", "e")];
    let follows = |path: &&Vec<Pair>| {
        path.len() >= 3 && path.iter().zip(wanted).all(|(pair, (left, right))| joins(pair, left, right))
    };
    paths.iter().filter(follows).count()
}

/// When low comes, and whether low+e does.
fn when_low_comes(words: &[WordCount<&str>]) -> Test {
    let place = |end: WordEnd| {
        let merges = merges(words, &options(TieRule::First, end));
        merges.iter().position(|pair| token(pair) == "low").map_or(0, |i| i + 1)
    };
    let all = tie_paths(words);
    Test(vec![
        counted(
            text(
                "merge that makes low, ties to the pair met first",
                "产生 low 的是第几次合并（平局取先遇到的）",
            ),
            place(WordEnd::Unmarked),
            7,
        ),
        counted(text("the same with </w>", "同上，带 </w>"), place(WordEnd::Symbol), 8),
        none(
            text("ways to break the ties in which low+e is ever merged", "所有平局走法中，出现过 low+e 的"),
            all.iter().filter(|path| path.iter().any(|pair| joins(pair, "low", "e"))).count(),
        )
        .over(all.len()),
    ])
}

/// C8
pub(super) fn second_and_third(_seed: u64) -> Claim {
    let all = tie_paths(&CORPUS);
    let forgotten = [CORPUS[0], CORPUS[1]];
    let of_forgotten = as_written(&tie_paths(&forgotten));
    let third = steps(&CORPUS, &options(TieRule::First, WordEnd::Unmarked)).into_iter().nth(2);
    let (most, low) = third.as_ref().map_or((0, 0), |step| (step.count, count(step, "lo", "w")));
    let tied = third.iter().flat_map(|step| &step.ties).map(|(a, b)| format!("{a}+{b}"));
    let tied = tied.collect::<Vec<_>>().join(" ");
    Claim::corrected(
        "LLM-Q8-C8",
        text(
            "The second merge gives lo+w → low and the third low+e → lowe.",
            "第二次合并 lo+w → low，第三次合并 low+e → lowe。",
        ),
        Test(vec![
            Measure::at_least(
                text(
                    "ways to break the ties that begin l+o, lo+w, low+e",
                    "所有平局走法中，以 l+o、lo+w、low+e 开头的",
                ),
                as_written(&all) as f64,
                1.0,
                text("one would be enough", "有一条就算数"),
            )
            .over(all.len()),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "after we and lo the pairs {tied} stand at {most}, lo+w at {low}; the written sequence is that of low and lower alone ({of_forgotten} way), as if newest had been forgotten"
                ),
                format!(
                    "合并 we、lo 之后，{tied} 各 {most} 次，lo+w 只有 {low} 次；参考答案的顺序其实是语料里只有 low 和 lower 时的结果（{of_forgotten} 种走法），等于漏数了 newest"
                ),
            ),
            say: text(
                "After we and lo, the four pairs inside newest are more frequent than lo+w. low comes only at merge seven, and low+e never: the e of lower already belongs to we.",
                "合并 we、lo 之后，newest 里的几对都比 lo+w 多。low 要到第 7 步才出现；low+e 永远不会出现，因为 lower 里的 e 早就并进 we 了。",
            ),
            test: when_low_comes(&CORPUS),
        },
        vec![Control::new(
            text("newest left out of the corpus", "语料里去掉 newest"),
            when_low_comes(&forgotten),
        )],
    )
}
