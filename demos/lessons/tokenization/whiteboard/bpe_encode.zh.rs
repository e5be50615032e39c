/// 按学到的先后重放合并，最早的先做。不看次数，也不是最长匹配。
pub fn bpe_encode(word: &str, merges: &[(String, String)]) -> Vec<String> {
    let rank = |two: &[String]| merges.iter().position(|(l, r)| *l == two[0] && *r == two[1]);
    let mut symbols: Vec<String> = word.chars().map(String::from).collect();
    loop {
        let known = symbols.windows(2).enumerate().filter_map(|(i, two)| Some((rank(two)?, i)));
        // 序号最小的；相同时取最左边的
        let Some((_, i)) = known.min() else { return symbols };
        let right = symbols.remove(i + 1);
        symbols[i] += &right;
    }
}
