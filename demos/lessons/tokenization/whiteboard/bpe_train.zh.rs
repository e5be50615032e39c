type Pair = (String, String);

/// `words`：("low", 3)、……返回合并规则，按学到的先后排列。
pub fn bpe_train(words: &[(&str, u64)], merges: usize) -> Vec<Pair> {
    let letters = |word: &str| word.chars().map(String::from).collect();
    let mut cut: Vec<Vec<String>> = words.iter().map(|(word, _)| letters(word)).collect();
    let mut learned = Vec::new();
    for _ in 0..merges {
        let mut pairs: Vec<(Pair, u64)> = Vec::new(); // 按首次出现的先后
        for (symbols, (_, count)) in cut.iter().zip(words) {
            for two in symbols.windows(2) {
                // 不跨词
                let pair = (two[0].clone(), two[1].clone());
                match pairs.iter_mut().find(|(known, _)| *known == pair) {
                    Some((_, n)) => *n += count,
                    None => pairs.push((pair, *count)),
                }
            }
        }
        let most = pairs.iter().map(|(_, n)| *n).max();
        // 次数相同时，取先遇到的
        let Some((best, _)) = pairs.into_iter().find(|(_, n)| Some(*n) == most) else { break };
        cut = cut.iter().map(|symbols| merge(symbols, &best)).collect();
        learned.push(best);
    }
    learned
}

pub fn merge(symbols: &[String], (left, right): &Pair) -> Vec<String> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < symbols.len() {
        if i + 1 < symbols.len() && symbols[i] == *left && symbols[i + 1] == *right {
            out.push(format!("{left}{right}"));
            i += 2;
        } else {
            out.push(symbols[i].clone());
            i += 1;
        }
    }
    out
}
