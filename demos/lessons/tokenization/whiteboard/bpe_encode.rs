/// Replays the merges, the earliest first. No counts, no longest match.
pub fn bpe_encode(word: &str, merges: &[(String, String)]) -> Vec<String> {
    let rank = |two: &[String]| merges.iter().position(|(l, r)| *l == two[0] && *r == two[1]);
    let mut symbols: Vec<String> = word.chars().map(String::from).collect();
    loop {
        let known = symbols.windows(2).enumerate().filter_map(|(i, two)| Some((rank(two)?, i)));
        // the lowest rank; of equal ones the leftmost
        let Some((_, i)) = known.min() else { return symbols };
        let right = symbols.remove(i + 1);
        symbols[i] += &right;
    }
}
