//! C9, C10: what becomes of the merges.

use concepts::tokenizer::bpe::{Pair, WordCount, WordEnd};
use concepts::tokenizer::pretokenize::escape_spaces;

use crate::kit::case::{Case, Checked};
use crate::kit::claim::Degree;
use crate::lessons::tokenization::experiments::sentencepiece;
use crate::lessons::tokenization::experiments::whiteboard::{
    CORPUS, Cut, RULES, cut, cuts, joined, merges, options, paths_with, tie_paths, token,
};
use crate::lessons::tokenization::listing::distinct;

/// C9: lowe, new, newest
pub(crate) fn final_vocabulary(c: &mut Case) -> Checked {
    let all = tie_paths(&CORPUS);
    let made = |path: &[Pair], wanted: &str| path.iter().any(|pair| token(pair) == wanted);
    let has_all = all.iter().filter(|path| ["lowe", "new", "newest"].iter().all(|t| made(path, t))).count();
    c.as_written(|t| {
        t.exactly("all-three", has_all as f64, all.len() as f64).over(all.len());
    });
    c.value("ways", all.len()).value("new", paths_with(&all, "new")).value("lowe", paths_with(&all, "lowe"));
    c.corrected(Degree::Wrong, &CORPUS[..], |t, words: &[WordCount<&str>]| {
        let paths = tie_paths(words);
        let share = |wanted: &str| paths_with(&paths, wanted) as f64 / paths.len() as f64;
        t.exactly("new", share("new"), 0.0).over(paths.len());
        t.exactly("newest", share("newest"), 1.0).over(paths.len());
        t.exactly("lowe", share("lowe"), 0.5).over(paths.len());
    })
    .control("without-lower", &[CORPUS[0], CORPUS[2]]);
    Ok(())
}

/// A word that the corpus lacks.
const LOWEST: &str = "lowest";

/// How the rules in use cut it: first met, smallest pair, largest pair, smallest ids, SentencePiece.
const IN_USE: [&str; 5] = ["lowe·s·t", "lowe·s·t", "lo·west", "lo·we·st", "▁lo·west"];

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

/// C10: [low, e, st] or [lowe, st]. A world is a way to cut.
pub(crate) fn encoding(c: &mut Case) -> Checked {
    let paths = tie_paths(&CORPUS);
    let by_rank = ways_to(&paths, Cut::ByRank);
    let longest = ways_to(&paths, Cut::Longest)("low·e·st");
    c.as_written(|t| {
        let written = by_rank("low·e·st") + by_rank("lowe·st");
        t.exactly("written", written as f64, paths.len() as f64).over(paths.len());
    });
    c.value("shown", distinct(&rules_in_use(Cut::ByRank))).value("ways", paths.len());
    c.value("lowe-st", by_rank("lowe·st")).value("longest", longest);
    c.corrected(Degree::Wrong, Cut::ByRank, |t, how| {
        let (ways, rules) = (ways_to(&paths, how), rules_in_use(how));
        let lowe_st = rules.iter().filter(|cut| cut.trim_start_matches('▁') == "lowe·st").count();
        let as_known = rules.iter().zip(IN_USE).filter(|(cut, wanted)| cut == wanted).count();
        t.exactly("low-e-st", ways("low·e·st") as f64, 0.0).over(paths.len());
        t.exactly("lowe-st", ways("lowe·st") as f64, 8.0).over(paths.len());
        t.exactly("lo-west", ways("lo·west") as f64, 16.0).over(paths.len());
        t.exactly("no-rule", lowe_st as f64, 0.0);
        t.exactly("each-rule", as_known as f64, IN_USE.len() as f64);
        t.exactly("by-longest", longest as f64, 12.0).over(paths.len());
    })
    .control("longest-match", Cut::Longest);
    Ok(())
}
