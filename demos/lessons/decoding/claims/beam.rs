//! C6, C7, C9, C10: what beam search keeps, finds and costs.

use concepts::decoding::{BeamSearch, Counted, Greedy, LengthPenalty, generate};
use concepts::language_model::TreeModel;
use concepts::numerics::rng;

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::COUNTED;
use crate::kit::text::{Text, text};
use crate::lessons::decoding::experiments::search::naive;
use crate::lessons::decoding::experiments::trees::{
    self, Search, beam_loses, best_beginnings, chosen_length, found, shares,
};
use crate::lessons::decoding::trained::english;

/// C6
pub(super) fn keeps_the_best(seed: u64) -> Claim {
    const TREES: usize = 100;
    const BEAMS: usize = 4;
    const NARROW: usize = 3;
    const DEEP: usize = 6;
    // With as many beams as tokens no beginning of two tokens can be lost at the first.
    let library = |tree: &TreeModel| -> Vec<Vec<u32>> {
        let search = BeamSearch { n_best: BEAMS, ..BeamSearch::new(BEAMS, 2) };
        let found = search.run(tree, &[]);
        found.map(|f| f.hypotheses.into_iter().map(|h| h.tokens).collect()).unwrap_or_default()
    };
    let narrow = |tree: &TreeModel| -> Vec<Vec<u32>> {
        let search = BeamSearch { n_best: NARROW, ..BeamSearch::new(NARROW, DEEP) };
        let found = search.run(tree, &[]);
        found.map(|f| f.hypotheses.into_iter().map(|h| h.tokens).collect()).unwrap_or_default()
    };
    type Kept<'a> = &'a dyn Fn(&TreeModel) -> Vec<Vec<u32>>;
    let test = |wide: Kept, narrow: Kept| {
        let beginnings = |tree: &TreeModel| -> Vec<Vec<u32>> {
            best_beginnings(tree, 2, BEAMS).into_iter().map(|found| found.tokens).collect()
        };
        let differ = |kept: Kept, expected: Kept| {
            let trees = (0..TREES).filter_map(|i| trees::random(seed, i));
            trees.filter(|tree| kept(tree) != expected(tree)).count() as f64
        };
        let none =
            |what: Text, count: f64| Measure::near(what, count, 0.0, 0.0, COUNTED).over(TREES).drawn(seed);
        Test(vec![
            none(
                text(
                    "random trees on which the 4 prefixes kept are not the 4 most probable, by looking at all",
                    "随机树：有几棵树上，保留的 4 个前缀不是穷举得到的前 4 名",
                ),
                differ(wide, &beginnings),
            ),
            none(
                text(
                    "whole trees with 3 beams: on how many do all continuations, sorted at each step, give other texts",
                    "走完整棵树、beam 宽度 3：有几棵树的结果与“每步展开全部后续再排序”不同",
                ),
                differ(narrow, &|tree| naive(tree, NARROW, DEEP, false)),
            ),
        ])
    };
    let one_child = |tree: &TreeModel, beams: usize, steps: usize| naive(tree, beams, steps, true);
    Claim::holds(
        "LLM-Q7-C6",
        text(
            "Beam search extends the candidates at each step and keeps the k with the highest cumulative probability.",
            "beam search 每一步把所有候选各往前扩一个 token，只留累积概率最大的 k 个。",
        ),
        test(&library, &narrow),
        vec![
            Control::new(
                text("each prefix keeps its own best continuation", "每个前缀只保留自己最好的后续"),
                test(&|tree| one_child(tree, BEAMS, 2), &narrow),
            ),
            Control::new(
                text("the same, further on", "同样的错误，但走完整棵树"),
                test(&library, &|tree| one_child(tree, NARROW, DEEP)),
            ),
        ],
    )
}

/// C7
pub(super) fn beats_greedy(seed: u64) -> Claim {
    const TREES: usize = 300;
    let trap = beam_loses();
    let greedy = found(&trap, Search::Greedy).probability;
    let over_greedy = |search: Search| found(&trap, search).probability / greedy;
    let test = |search: Search| {
        let shares = shares(&[search], TREES, seed)[0];
        let drawn = |measure: Measure| measure.over(TREES).drawn(seed);
        Test(vec![
            Measure::at_most(
                text("this tree: beam 2 over greedy", "这棵树：beam 2 的概率 / 贪心的概率"),
                over_greedy(Search::Beam(2)),
                0.5,
                text("0.0425/0.144 by hand", "手算 0.0425/0.144"),
            ),
            drawn(Measure::at_least(
                text(
                    "random trees: share on which beam 4 finds more than greedy",
                    "随机树：beam 4 优于贪心的占比",
                ),
                shares.better,
                0.2,
                text("often", "经常"),
            )),
            drawn(Measure::at_most(
                text(
                    "random trees: share on which beam 4 finds less than greedy",
                    "随机树：beam 4 不如贪心的占比",
                ),
                shares.worse,
                0.02,
                text("seldom", "很少"),
            )),
        ])
    };
    let shown = |beams: usize| found(&trap, Search::Beam(beams)).probability;
    Claim::corrected(
        "LLM-Q7-C7",
        text("Beam search beats greedy, since it sees the whole.", "beam search 看得更全局，所以胜过贪心。"),
        Test(vec![Measure::at_least(
            text(
                "a tree of three tokens: probability of what beam 2 finds, over greedy's",
                "一棵三层的树：beam 2 找到的概率 / 贪心找到的概率",
            ),
            over_greedy(Search::Beam(2)),
            1.0,
            text("better: at least as probable", "“胜过”：概率至少不低"),
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "greedy finds {greedy:.4}, the optimum; beams of 2, 3 and 4 find {:.4}, {:.4} and {:.4}, a beam of 8 finds {:.4} again",
                    shown(2),
                    shown(3),
                    shown(4),
                    shown(8)
                ),
                format!(
                    "贪心找到的概率是 {greedy:.4}，正是最优；beam 宽度取 2、3、4 时是 {:.4}、{:.4}、{:.4}，取 8 才又找回 {:.4}",
                    shown(2),
                    shown(3),
                    shown(4),
                    shown(8)
                ),
            ),
            say: text(
                "Usually, not always. Beam search keeps k prefixes and is still local: greedy's own prefix can fall out of the beam, and a wider beam can do worse than a narrower one. Only as many beams as there are prefixes make it exact. And more probable is not yet better text.",
                "通常是，但不保证。beam search 只留 k 个前缀，还是局部搜索：贪心走的那条前缀可能被挤掉，beam 加宽也可能变差，只有宽到装得下所有前缀才是精确搜索。再说，概率更高也不等于文本更好。",
            ),
            test: test(Search::Beam(4)),
        },
        vec![Control::new(
            text("a beam of 1, which is greedy", "beam 宽度取 1，即贪心"),
            test(Search::Beam(1)),
        )],
    )
}

/// C9
pub(super) fn costs_k_times(seed: u64) -> Claim {
    const BEAMS: usize = 4;
    const STEPS: usize = 40;
    let trained = english();
    let rows = |beams: usize| -> f64 {
        let Some(trained) = &trained else { return f64::NAN };
        let counted = Counted::new(&trained.model);
        let found = BeamSearch::new(beams, STEPS).run(&counted, &trained.held_out[..10]);
        found.map_or(f64::NAN, |_| counted.rows() as f64)
    };
    // Greedy decoding itself, not a beam of one: token after token.
    let greedy = || -> f64 {
        let Some(trained) = &trained else { return f64::NAN };
        let counted = Counted::new(&trained.model);
        let mut unused = rng(seed, "greedy draws nothing");
        let written = generate(&counted, &trained.held_out[..10], &mut Greedy, STEPS, &mut unused);
        written.map_or(f64::NAN, |_| counted.rows() as f64)
    };
    let test = |beams: usize, calls: f64| {
        Test(vec![
            Measure::near(
                text("rows of logits for 40 tokens, greedy", "生成 40 个 token 要算几行 logits：贪心"),
                calls,
                STEPS as f64,
                0.0,
                text("one a token", "每个 token 一行"),
            ),
            Measure::near(
                text("the same with a beam of 4", "生成 40 个 token 要算几行 logits：beam 宽度 4"),
                rows(beams),
                (1 + BEAMS * (STEPS - 1)) as f64,
                0.0,
                text("1 + k(L − 1): the first step has one prefix", "1 + k(L − 1)：第一步只有一个前缀"),
            ),
        ])
    };
    Claim::holds(
        "LLM-Q7-C9",
        text("Beam search costs k times as much as greedy.", "beam search 的算力开销是贪心的 k 倍。"),
        test(BEAMS, greedy()),
        vec![Control::new(text("a beam of 3", "beam 宽度取 3"), test(BEAMS - 1, greedy()))],
    )
}

/// C10
pub(super) fn picks_the_most_probable(_seed: u64) -> Claim {
    const LONG: usize = 20;
    let length = |length: LengthPenalty| chosen_length(LONG, length);
    let test = |mean: LengthPenalty| {
        let by_hand = text("by hand from 0.8 and 0.1", "由 0.8、0.1 手算");
        Test(vec![
            Measure::near(
                text("tokens of the best text, ln p as it is", "得分就是 ln p：最优文本的 token 数"),
                length(LengthPenalty::None),
                1.0,
                0.0,
                by_hand.clone(),
            ),
            Measure::near(
                text("ln p over the length to the power 1", "ln p 除以长度的 1 次方"),
                length(mean),
                LONG as f64,
                0.0,
                by_hand.clone(),
            ),
            Measure::near(
                text("ln p over ((5 + L)/6)^0.6, as GNMT has it", "ln p 除以 GNMT 的 ((5 + L)/6)^0.6"),
                length(LengthPenalty::Gnmt(0.6)),
                1.0,
                0.0,
                by_hand.clone(),
            ),
            Measure::near(
                text("the same with α = 1", "同上，取 α = 1"),
                length(LengthPenalty::Gnmt(1.0)),
                LONG as f64,
                0.0,
                by_hand,
            ),
        ])
    };
    let gnmt = length(LengthPenalty::Gnmt(0.6));
    Claim::corrected(
        "LLM-Q7-C10",
        text(
            "At the end the sequence with the highest total probability is chosen.",
            "结束时，哪条序列总概率最高就选哪条。",
        ),
        Test(vec![Measure::at_least(
            text(
                "a model that goes on with 0.8 and ends with 0.1: tokens of the most probable text, the end included",
                "以 0.8 继续、0.1 结束的模型：总概率最高的文本有几个 token（含结束符）",
            ),
            length(LengthPenalty::None),
            2.0,
            text("more than the end alone", "不应只有结束符"),
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "the most probable text is the empty one, ln 0.1 = {:.3}; with the penalty of GNMT, α = 0.6, it is still {gnmt} token long; with the sum divided by the length, {LONG}",
                    0.1f64.ln()
                ),
                format!(
                    "总概率最高的是空文本，ln 0.1 = {:.3}；用 GNMT 的长度惩罚（α = 0.6）仍只有 {gnmt} 个 token；除以长度后是 {LONG} 个",
                    0.1f64.ln()
                ),
            ),
            say: text(
                "By log-probability alone short texts win, since every token costs probability. So the sum is divided by a function of the length, L to the power α or GNMT's ((5 + L)/6)^α, and how long the texts become depends on α.",
                "只看总概率会偏向短文本，因为每多一个 token，概率就变小。所以对数概率要除以长度的函数，比如 L^α，或者 GNMT 的 ((5 + L)/6)^α。写出来多长，由 α 决定。",
            ),
            test: test(LengthPenalty::Power(1.0)),
        },
        vec![Control::new(text("α = 0", "取 α = 0"), test(LengthPenalty::Power(0.0)))],
    )
}
