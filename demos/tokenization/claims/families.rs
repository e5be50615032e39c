//! C4, C11, C19 to C25, C27: markers, SentencePiece, who uses what.

use concepts::model::{ModelConfig, published};
use concepts::tokenizer::bpe::{Base, Pair, TieRule, WordEnd};
use concepts::tokenizer::pretokenize::{Pretokenizer, escape_spaces, unescape_spaces};

use crate::kit::claim::{Claim, Control, Correction, Degree, Measure, Test};
use crate::kit::measure::{COUNTED, EXACT};
use crate::kit::number::formatted;
use crate::kit::text::{Text, text};
use crate::tokenization::experiments::languages::{Way, per_character};
use crate::tokenization::experiments::prose::english;
use crate::tokenization::experiments::sentencepiece::{Kind, pieces as sentence_pieces};
use crate::tokenization::experiments::whiteboard::{CORPUS, merges, options, shown_words};
use crate::tokenization::published::{Algorithm, Library, is};
use crate::tokenization::trained::Trained;

const SOURCE: Text = text("published configurations and tokenizers", "公开的模型配置与 tokenizer");

/// C4
pub(super) fn sizes(_seed: u64) -> Claim {
    const LEAST: u64 = 30_000;
    const MOST: u64 = 100_000;
    let vocabularies = |which: &dyn Fn(&ModelConfig) -> bool| -> Vec<u64> {
        published().iter().map(|model| &model.config).filter(|model| which(model)).map(|m| m.vocab).collect()
    };
    let share = |sizes: &[u64], so: &dyn Fn(u64) -> bool| {
        sizes.iter().filter(|&&size| so(size)).count() as f64 / sizes.len() as f64
    };
    let test = |which: &dyn Fn(&ModelConfig) -> bool| {
        let sizes = vocabularies(which);
        Test(vec![
            Measure::at_least(
                text("smallest vocabulary of the published models", "公开模型中最小的词表"),
                sizes.iter().min().map_or(f64::NAN, |&size| size as f64),
                LEAST as f64,
                SOURCE,
            )
            .over(sizes.len()),
            Measure::at_least(
                text("share of models with more than 100,000 tokens", "词表超过 10 万的模型占比"),
                share(&sizes, &|size| size > MOST),
                0.25,
                SOURCE,
            )
            .over(sizes.len()),
            Measure::at_least(
                text("largest vocabulary", "最大的词表"),
                sizes.iter().max().map_or(f64::NAN, |&size| size as f64),
                250_000.0,
                SOURCE,
            )
            .over(sizes.len()),
        ])
    };
    let all = vocabularies(&|_| true);
    let within = share(&all, &|size| (LEAST..=MOST).contains(&size));
    let largest = all.iter().max().copied().unwrap_or(0);
    Claim::corrected(
        "LLM-Q8-C4",
        text(
            "Vocabularies of sub-words have 30,000 to 100,000 tokens.",
            "子词词表一般有 3 万到 10 万个 token。",
        ),
        Test(vec![
            Measure::at_least(
                text(
                    "share of published models within 30,000 to 100,000",
                    "公开模型中，词表在 3 万到 10 万之间的占比",
                ),
                within,
                0.9,
                text("the rule would cover nine in ten", "说“是”，至少要覆盖九成"),
            )
            .over(all.len()),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!("Llama 3 has 128,256 tokens, Qwen2.5 152,064 rows, Gemma 3 {largest}"),
                format!("Llama 3 有 128,256 个 token，Qwen2.5 有 152,064 行，Gemma 3 有 {largest} 个"),
            ),
            say: text(
                "30 to 50 thousand was usual until 2023: BERT 30,522, LLaMA 32,000, GPT-2 50,257. Multilingual models since then have 100 to 260 thousand: Llama 3 128,256, Qwen about 152,000, Gemma 256,000.",
                "2023 年以前多是 3 万到 5 万：BERT 30,522，LLaMA 32,000，GPT-2 50,257。之后重视多语言，普遍在 10 万到 26 万：Llama 3 是 128,256，Qwen 约 15.2 万，Gemma 25.6 万。",
            ),
            test: test(&|_| true),
        },
        vec![Control::new(
            text("GPT-2 and GPT-3, BERT and LLaMA-2 alone", "只看 GPT-2/3、BERT 和 LLaMA-2"),
            test(&|model| ["GPT", "BERT", "LLaMA-2"].iter().any(|name| model.name.contains(name))),
        )],
    )
}

/// C11
pub(super) fn simple_and_efficient(_seed: u64) -> Claim {
    Claim::opinion(
        "LLM-Q8-C11",
        text(
            "BPE is simple and efficient; it makes little use of linguistic knowledge.",
            "BPE 又简单又快，只是没用上语言学知识。",
        ),
        text(
            "Simple it is: the trainer under --code has a few dozen lines. It uses none of linguistics, nor does WordPiece. Whether that is a fault is a matter of taste: models trained on its tokens do well.",
            "简单是真简单，--code 里的训练器只有几十行。它完全不用语言学知识，WordPiece 也一样；这算不算缺点见仁见智，用它训练的模型效果都不差。",
        ),
    )
}

/// C19
pub(super) fn no_marker(_seed: u64) -> Claim {
    const SENTENCE: &str = "low lower newest";
    let back = |end: WordEnd| {
        let learned = merges(&CORPUS, &options(TieRule::First, end));
        shown_words(&learned, SENTENCE, end).concat().replace("</w>", " ").trim_end().to_string()
    };
    let restored = |end: WordEnd| f64::from(u8::from(back(end) == SENTENCE));
    let plain = merges(&CORPUS, &options(TieRule::First, WordEnd::Unmarked));
    let apart = |end: WordEnd| {
        let marked = merges(&CORPUS, &options(TieRule::First, end));
        marked.iter().zip(&plain).position(|(a, b)| a != b).map_or(0, |i| i + 1) as f64
    };
    let at = apart(WordEnd::Symbol) as usize;
    let joined = |merges: &[Pair]| {
        let pair = at.checked_sub(1).and_then(|i| merges.get(i));
        pair.map_or_else(String::new, |(left, right)| format!("{left}+{right}"))
    };
    let marked = merges(&CORPUS, &options(TieRule::First, WordEnd::Symbol));
    let (with, without) = (joined(&marked), joined(&plain));
    let test = |end: WordEnd| {
        Test(vec![
            Measure::near(
                text(
                    "sentences whose blanks can be read off the tokens, of 1",
                    "只看 token 就能恢复空格的句子数（共 1 句）",
                ),
                restored(end),
                1.0,
                0.0,
                EXACT,
            ),
            Measure::near(
                text("merge at which the marker changes what is learned", "标记从第几次合并起改变结果"),
                apart(end),
                7.0,
                0.0,
                EXACT,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q8-C19",
        text("BPE has no special marker, WordPiece has ##.", "BPE 不带标记，WordPiece 用 ## 作标记。"),
        Test(vec![Measure::near(
            text(
                "sentences whose blanks can be read off tokens without any marker, of 1",
                "没有任何标记时，只看 token 就能恢复空格的句子数（共 1 句）",
            ),
            restored(WordEnd::Unmarked),
            1.0,
            0.0,
            EXACT,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "without a marker {SENTENCE} decodes to {}; with </w> merge {at} is {with} instead of {without}",
                    back(WordEnd::Unmarked)
                ),
                format!(
                    "没有标记，{SENTENCE} 解码出来是 {}；加上 </w>，第 {at} 次合并就从 {without} 变成 {with}",
                    back(WordEnd::Unmarked)
                ),
            ),
            say: text(
                "BPE has markers too, of the other kind: WordPiece marks pieces that continue a word, BPE marks where a word ends or begins: </w> in Sennrich's, Ġ for the space in GPT-2's, ▁ in SentencePiece's. Something must say where the blanks were.",
                "BPE 也有标记，只是方向相反：WordPiece 标的是“接着上文”，BPE 标的是词尾或词首：Sennrich 用 </w>，GPT-2 用 Ġ 表示空格，SentencePiece 用 ▁。总得有东西记住空格在哪。",
            ),
            test: test(WordEnd::Symbol),
        },
        vec![Control::new(text("no marker", "不加标记"), test(WordEnd::Unmarked))],
    )
}

fn fact(what: Text, value: f64, target: f64) -> Measure {
    Measure::near(what, value, target, 0.0, SOURCE)
}

/// C20
pub(super) fn t5(_seed: u64) -> Claim {
    let test = |model: &str| {
        Test(vec![
            fact(
                text("learned as a unigram model (1 yes)", "用 unigram 模型学得（1 为是）"),
                is(model, |tokenizer| tokenizer.algorithm == Algorithm::Unigram),
                1.0,
            ),
            fact(
                text("made with SentencePiece (1 yes)", "由 SentencePiece 制作（1 为是）"),
                is(model, |tokenizer| tokenizer.library == Library::SentencePiece),
                1.0,
            ),
        ])
    };
    Claim::corrected(
        "LLM-Q8-C20",
        text("T5 uses WordPiece.", "T5 的词表是 WordPiece。"),
        Test(vec![fact(
            text("T5's released vocabulary is WordPiece (1 yes)", "T5 发布的词表是 WordPiece（1 为是）"),
            is("T5", |tokenizer| tokenizer.algorithm == Algorithm::WordPiece),
            1.0,
        )]),
        Correction {
            degree: Degree::Wrong,
            counterexample: text(
                "T5's spiece.model holds log-probabilities and ▁, no ##; the paper itself invites the slip: it says SentencePiece was used to encode text as WordPiece tokens (Raffel et al. 2020, on the vocabulary)",
                "T5 的 spiece.model 里是对数概率和 ▁，没有 ##。这个误会是论文自己引起的：它写的是“用 SentencePiece 编码成 WordPiece token”（Raffel 等 2020，词表一段）",
            ),
            say: text(
                "T5 uses SentencePiece with a unigram language model and 32,000 pieces. The paper's wording says WordPiece, the released model file says unigram.",
                "T5 用的是 SentencePiece 的 unigram 模型，32,000 个子词。论文里写了 WordPiece 这个词，但发布的模型文件是 unigram。",
            ),
            test: test("T5"),
        },
        vec![Control::new(text("BERT in T5's place", "把 T5 换成 BERT"), test("BERT"))],
    )
}

/// C21
pub(super) fn who_uses_which(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q8-C21",
        text(
            "GPT, LLaMA and Qwen use BPE, BERT uses WordPiece.",
            "GPT、LLaMA、Qwen 属于 BPE 一派，BERT 属于 WordPiece。",
        ),
        text(
            "Radford et al. 2019; Touvron et al. 2023; Bai et al. 2023; Devlin et al. 2019. The table in section 6 has their sizes.",
            "Radford 等 2019；Touvron 等 2023；Bai 等 2023；Devlin 等 2019。词表大小见第 6 节的表。",
        ),
    )
}

/// C22
pub(super) fn sentencepiece(_seed: u64) -> Claim {
    let words = ["lowest", "lower", "newer", "low", "newest"];
    let apart = |other: Kind| {
        words.iter().filter(|word| sentence_pieces(Kind::Bpe, word) != sentence_pieces(other, word)).count()
    };
    let test = |other: Kind| {
        Test(vec![
            Measure::at_least(
                text(
                    "words, of five, that its two kinds of model cut differently",
                    "五个词中，它的两种模型切法不同的",
                ),
                apart(other) as f64,
                1.0,
                text("one kind would always agree with itself", "若只有一种算法，不会有差别"),
            )
            .over(words.len()),
            Measure::near(
                text(
                    "cuts of both kinds that do not give the word again",
                    "两种模型切分后还原不出原词的次数",
                ),
                words
                    .iter()
                    .flat_map(|word| [Kind::Bpe, other].map(|kind| (word, sentence_pieces(kind, word))))
                    .filter(|(word, pieces)| unescape_spaces(&pieces.concat()) != **word)
                    .count() as f64,
                0.0,
                0.0,
                EXACT,
            )
            .over(2 * words.len()),
        ])
    };
    let shown = |kind| sentence_pieces(kind, "lowest").join("·");
    Claim::corrected(
        "LLM-Q8-C22",
        text("SentencePiece is an improved BPE.", "SentencePiece 是在 BPE 基础上改进出来的算法。"),
        Test(vec![
            Measure::near(
                text(
                    "words, of five, that its other kind of model cuts differently from BPE",
                    "五个词中，它的另一种模型与 BPE 切法不同的",
                ),
                apart(Kind::Unigram) as f64,
                0.0,
                0.0,
                text("0 if it were BPE", "若就是 BPE，应为 0"),
            )
            .over(words.len()),
        ]),
        Correction {
            degree: Degree::Wrong,
            counterexample: Text::new(
                format!(
                    "same corpus, same ▁, two algorithms inside: lowest is {} as BPE and {} as unigram",
                    shown(Kind::Bpe),
                    shown(Kind::Unigram)
                ),
                format!(
                    "同一份语料、同样用 ▁，里面有两种算法：lowest 按 BPE 是 {}，按 unigram 是 {}",
                    shown(Kind::Bpe),
                    shown(Kind::Unigram)
                ),
            ),
            say: text(
                "SentencePiece is a library and a file format that works on raw text, with ▁ for the space. Inside it has two algorithms, BPE and the unigram model; LLaMA uses the first, T5 the second.",
                "SentencePiece 是一个直接处理原始文本的工具库和文件格式，用 ▁ 表示空格；里面有 BPE 和 unigram 两种算法，LLaMA 用前者，T5 用后者。",
            ),
            test: test(Kind::Unigram),
        },
        vec![Control::new(text("BPE in both places", "两边都用 BPE"), test(Kind::Bpe))],
    )
}

/// C23
pub(super) fn users_of_sentencepiece(_seed: u64) -> Claim {
    let uses = |model: &str| is(model, |tokenizer| tokenizer.library == Library::SentencePiece);
    let test = |last: &str| {
        Test(vec![
            fact(text("LLaMA and LLaMA-2 (1 yes)", "LLaMA、LLaMA-2（1 为是）"), uses("LLaMA, LLaMA-2"), 1.0),
            fact(text("ChatGLM3", "ChatGLM3"), uses("ChatGLM3"), 1.0),
            fact(text("Llama 3", "Llama 3"), uses("Llama 3"), 0.0),
            fact(text("Qwen", "Qwen"), uses(last), 0.0),
        ])
    };
    Claim::corrected(
        "LLM-Q8-C23",
        text(
            "LLaMA, Qwen and ChatGLM use SentencePiece.",
            "LLaMA、Qwen、ChatGLM 的 tokenizer 都出自 SentencePiece。",
        ),
        Test(vec![fact(
            text("Qwen's tokenizer is SentencePiece (1 yes)", "Qwen 的 tokenizer 是 SentencePiece（1 为是）"),
            uses("Qwen"),
            1.0,
        )]),
        Correction {
            degree: Degree::Qualified,
            counterexample: text(
                "Qwen's own tokenization_qwen.py imports tiktoken: byte-level BPE. Llama 3 and GLM-4 left SentencePiece too",
                "Qwen 自己的 tokenization_qwen.py 导入的是 tiktoken，即字节级 BPE。Llama 3、GLM-4 也不再用 SentencePiece",
            ),
            say: text(
                "LLaMA 1 and 2 and ChatGLM up to 3 use SentencePiece, as BPE with a fallback to bytes in LLaMA's case. Qwen never did: it is byte-level BPE in tiktoken's manner, and so are Llama 3 and GLM-4.",
                "LLaMA 1、2 和 ChatGLM 1 到 3 代用 SentencePiece（LLaMA 是 BPE 加 byte fallback）。Qwen 从来不是，它是 tiktoken 那种字节级 BPE；Llama 3、GLM-4 也改成了这一种。",
            ),
            test: test("Qwen"),
        },
        vec![Control::new(text("Mistral in Qwen's place", "把 Qwen 换成 Mistral"), test("Mistral 7B"))],
    )
}

/// How a sentence goes through a tokenizer and back.
#[derive(Clone, Copy)]
enum Blanks {
    /// Written as ▁, part of the text.
    Signs,
    /// Cut at and thrown away, put back as one blank each.
    Dropped,
}

/// C24
pub(super) fn space_as_a_token(_seed: u64) -> Claim {
    let (training, _) = english();
    let some = &training[..20_000.min(training.len())];
    let trained = Trained::new(&escape_spaces(some), Pretokenizer::Metaspace, Base::Chars, 300).ok();
    let pieces = |text: &str| -> Vec<String> {
        let trained = trained.as_ref();
        let pieces = trained.and_then(|trained| Some((trained, trained.pieces(text.as_bytes()).ok()?)));
        pieces.map(|(trained, pieces)| trained.bpe.show(&pieces)).unwrap_or_default()
    };
    let sentence = "the old clock on the street had been wrong";
    let blanks = sentence.matches(' ').count() + 1; // one more is written before the text
    let cut = pieces(&escape_spaces(sentence));
    let alone = cut.iter().filter(|piece| *piece == "▁").count();
    let inside = cut.iter().filter(|piece| piece.starts_with('▁') && piece.chars().count() > 1).count();
    let samples = ["a  b", "  two blanks before", "three   in the middle", "behind  "];
    let back = |sample: &str, blanks: Blanks| match blanks {
        Blanks::Signs => unescape_spaces(&pieces(&escape_spaces(sample)).concat()),
        Blanks::Dropped => {
            let words = Pretokenizer::Whitespace.split(sample);
            words.map(|word| pieces(word).concat()).collect::<Vec<_>>().join(" ")
        }
    };
    let test = |how: Blanks| {
        Test(vec![
            Measure::near(
                text("texts with several blanks that do not come back", "含连续空格、还原不出来的文本数"),
                samples.iter().filter(|sample| back(sample, how) != **sample).count() as f64,
                0.0,
                0.0,
                EXACT,
            )
            .over(samples.len()),
            Measure::near(
                text(
                    "blanks of a sentence that are the first sign of a longer piece",
                    "一句话里，并进后面子词开头的空格数",
                ),
                inside as f64,
                blanks as f64,
                0.0,
                COUNTED,
            )
            .over(blanks),
        ])
    };
    Claim::corrected(
        "LLM-Q8-C24",
        text(
            "SentencePiece needs no pre-tokenisation, makes the space a token, and takes any language.",
            "SentencePiece 不用先分词，空格自成 token，什么语言都能用。",
        ),
        Test(vec![
            Measure::near(
                text(
                    "blanks of a sentence that are a token of their own",
                    "一句话里，单独成为 token 的空格数",
                ),
                alone as f64,
                blanks as f64,
                0.0,
                COUNTED,
            )
            .over(blanks),
        ]),
        Correction {
            degree: Degree::Qualified,
            counterexample: Text::new(
                format!(
                    "“{sentence}” becomes {}: {alone} blanks alone, {inside} at the head of a piece",
                    cut.join(" ")
                ),
                format!(
                    "“{sentence}”切成 {}：单独成 token 的空格 {alone} 个，并进子词开头的 {inside} 个",
                    cut.join(" ")
                ),
            ),
            say: text(
                "The space is written as the sign ▁, which then merges into pieces like any letter. So spaces are not lost and decoding is exact, double blanks included. By default pieces still do not cross a ▁ from the left, which is a cut before words by another name.",
                "空格写成 ▁，和普通字符一样参与合并，一般并到后面词的开头，而不是单独成 token。所以空格不丢，连续空格也能原样还原。默认情况下子词不会跨过 ▁，其实仍相当于一种按词切分。",
            ),
            test: test(Blanks::Signs),
        },
        vec![Control::new(
            text("cut at blanks, which are thrown away", "按空格切，空格丢掉"),
            test(Blanks::Dropped),
        )],
    )
}

/// C25
pub(super) fn byte_level(_seed: u64) -> Claim {
    Claim::data(
        "LLM-Q8-C25",
        text("GPT-2 and GPT-3 use byte-level BPE.", "GPT-2、GPT-3 的 tokenizer 是字节级 BPE。"),
        text(
            "Radford et al. 2019, section 2.2; Brown et al. 2020, section 2.1: the same tokenizer, 50,257 tokens.",
            "Radford 等 2019 第 2.2 节；Brown 等 2020 第 2.1 节：同一个 tokenizer，50,257 个 token。",
        ),
    )
}

/// C27
pub(super) fn chinese(_seed: u64) -> Claim {
    let shown = |way: Way| formatted(per_character(way), ".2").unwrap_or_default();
    let (english, both, words) =
        (shown(Way::BytesOfEnglish), shown(Way::BytesOfBoth), shown(Way::Dictionary));
    Claim::opinion(
        "LLM-Q8-C27",
        text(
            "Chinese is special: a dictionary segmenter such as jieba, or single characters.",
            "中文分词有特殊性：jieba 还是字符级。",
        ),
        Text::new(
            format!(
                "Which is better depends on the task. What can be counted: tokens per character on held-out Chinese are {english} for bytes merged on English, {both} on both languages, 1 for characters, {words} for a dictionary. Language models use none of the two: byte-level BPE or SentencePiece on text that has much Chinese."
            ),
            format!(
                "哪种好要看任务。能数出来的是：留出的中文上，每个字的 token 数，只在英文上训练的字节级 BPE 是 {english}，中英文一起训练是 {both}，字符级是 1，词典分词是 {words}。大模型两种都不用，而是在含大量中文的语料上训练字节级 BPE 或 SentencePiece。"
            ),
        ),
    )
}
