type Pair = (String, String);

/// `words`: ("low", 3), … The merges, in the order learned.
pub fn bpe_train(words: &[(&str, u64)], merges: usize) -> Vec<Pair> {
    let letters = |word: &str| word.chars().map(String::from).collect();
    let mut cut: Vec<Vec<String>> = words.iter().map(|(word, _)| letters(word)).collect();
    let mut learned = Vec::new();
    for _ in 0..merges {
        let mut pairs: Vec<(Pair, u64)> = Vec::new(); // in order of first appearance
        for (symbols, (_, count)) in cut.iter().zip(words) {
            for two in symbols.windows(2) {
                // never across a word's end
                let pair = (two[0].clone(), two[1].clone());
                match pairs.iter_mut().find(|(known, _)| *known == pair) {
                    Some((_, n)) => *n += count,
                    None => pairs.push((pair, *count)),
                }
            }
        }
        let most = pairs.iter().map(|(_, n)| *n).max();
        // a tie goes to the pair met first
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
