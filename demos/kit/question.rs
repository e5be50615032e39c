//! The questions of the bank, in our own words, in the bank's order.

use super::text::{Text, text};

/// A question of the bank.
#[derive(Debug)]
pub struct Question {
    /// Part and number: `LLM Q1`.
    pub id: &'static str,
    /// The question.
    pub asks: Text,
    /// Difficulty, 1 to 3.
    pub stars: usize,
}

/// The question of an id.
pub fn question(id: &str) -> Option<&'static Question> {
    QUESTIONS.iter().find(|question| question.id == id)
}

const fn ask(id: &'static str, stars: usize, en: &'static str, zh: &'static str) -> Question {
    Question { id, asks: text(en, zh), stars }
}

/// All 14 questions that have written answers.
pub static QUESTIONS: [Question; 14] = [
    ask(
        "LLM Q1",
        2,
        "How does self-attention work, and why does it suit long sequences better than an RNN?",
        "自注意力是怎么算的？处理长序列时它比 RNN 好在哪里？",
    ),
    ask(
        "LLM Q2",
        2,
        "Why does a Transformer need positional encoding, and how can it be done?",
        "Transformer 为什么需要位置编码？有哪些做法？",
    ),
    ask(
        "LLM Q3",
        3,
        "How does RoPE work, and what does it gain over absolute positions?",
        "RoPE 的原理是什么？比绝对位置编码好在哪里？",
    ),
    ask("LLM Q4", 3, "How do MHA, MQA and GQA differ?", "MHA、MQA、GQA 有什么区别？"),
    ask(
        "LLM Q5",
        2,
        "Encoder-only, decoder-only, encoder–decoder: what is each best at?",
        "encoder-only、decoder-only、encoder-decoder 各擅长什么？",
    ),
    ask(
        "LLM Q6",
        2,
        "What do scaling laws say about model size, data and compute?",
        "scaling law 怎么描述模型规模、数据量和算力的关系？",
    ),
    ask(
        "LLM Q7",
        2,
        "Greedy, beam search, top-k, top-p: how do decoding strategies compare?",
        "贪心、beam search、top-k、top-p：解码策略怎么选？",
    ),
    ask(
        "LLM Q8",
        2,
        "What is tokenisation? How do BPE and WordPiece differ?",
        "什么是 tokenization？BPE 和 WordPiece 有什么区别？",
    ),
    ask("LLM Q9", 1, "How do classical NLP and LLMs differ?", "传统 NLP 和 LLM 有什么区别？"),
    ask(
        "LLM Q10",
        1,
        "What are L1 and L2 regularisation, and when is each used?",
        "L1、L2 正则化是什么？分别用在什么场景？",
    ),
    ask(
        "LLM Q11",
        2,
        "What are emergent abilities, and at what scale do they appear?",
        "什么是涌现能力？模型多大时会出现？",
    ),
    ask("LLM Q12", 2, "Which activation functions do LLMs use, and why?", "LLM 常用哪些激活函数？为什么？"),
    ask(
        "VLM Q1",
        2,
        "How does a vision-language model align and fuse images and text?",
        "视觉语言模型怎样对齐并融合图像和文本？",
    ),
    ask(
        "RLHF Q1",
        2,
        "What does RLHF solve that supervised fine-tuning does not?",
        "RLHF 能解决 SFT 解决不了的什么问题？",
    ),
];
