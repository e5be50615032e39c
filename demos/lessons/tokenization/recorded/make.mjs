// Tokens of published tokenizers on the embedded texts: node make.mjs > tokens.csv
// npm i js-tiktoken@1.0.21 llama-tokenizer-js@1.2.2 llama3-tokenizer-js@1.2.0
// Qwen's ranks: dashscope/resources/qwen.tiktoken out of the wheel dashscope 2.0.2, its pattern from tokenization_qwen.py
import fs from "node:fs";
import { Tiktoken } from "js-tiktoken/lite";
import gpt2 from "js-tiktoken/ranks/gpt2";
import cl100k from "js-tiktoken/ranks/cl100k_base";
import o200k from "js-tiktoken/ranks/o200k_base";
import llama from "llama-tokenizer-js";
import llama3 from "llama3-tokenizer-js";

const lines = fs.readFileSync("dashscope/resources/qwen.tiktoken", "utf8").trim().split("\n");
const qwen = {
  bpe_ranks: "! 0 " + lines.map((line) => line.split(" ")[0]).join(" "),
  special_tokens: {},
  pat_str:
    "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
};
const of = (ranks) => {
  const tokenizer = new Tiktoken(ranks);
  return (text) => tokenizer.encode(text).length;
};
const all = [
  ["GPT-2", 50257, of(gpt2)],
  ["LLaMA-2", 32000, (text) => llama.encode(text, false, false).length],
  ["GPT-4 (cl100k)", 100277, of(cl100k)],
  ["GPT-4o (o200k)", 200019, of(o200k)],
  ["Llama 3", 128256, (text) => (llama3.default ?? llama3).encode(text, { bos: false, eos: false }).length],
  ["Qwen", 151851, of(qwen)],
];
const texts = ["english", "chinese"].map((name) => fs.readFileSync(`../../../../src/corpus/${name}.txt`, "utf8"));
console.log("model,vocabulary,english,chinese");
for (const [model, vocabulary, count] of all) console.log([model, vocabulary, ...texts.map(count)].join(","));
