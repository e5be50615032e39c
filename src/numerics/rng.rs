use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

/// The one source of randomness: a generator for a seed and a named stream.
///
/// Each experiment draws from a stream of its own name. Adding a draw in one experiment therefore
/// moves no number in another. `ChaCha8Rng` is used because its stream is specified: `StdRng` and
/// `SmallRng` promise nothing across versions.
///
/// # Formula
/// The ChaCha key is `seed`; the 64-bit stream number is the FNV-1a hash of the name.
///
/// # Examples
/// ```
/// use concepts::numerics::rng;
/// use rand::Rng;
/// let a: u64 = rng(7, "queries").random();
/// assert_eq!(a, rng(7, "queries").random::<u64>()); // same seed, same stream
/// assert_ne!(a, rng(7, "keys").random::<u64>());    // another stream
/// assert_ne!(a, rng(8, "queries").random::<u64>()); // another seed
/// ```
pub fn rng(seed: u64, stream: &str) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(fnv1a(stream));
    generator
}

/// FNV-1a, 64 bits: short, fixed for ever, and good enough to tell names apart.
fn fnv1a(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}
