//! The two hash functions the model was trained with: MurmurHash64A for strings, a 128-bit
//! MurmurHash3 variant for the rows of its embedding tables (Austin Appleby, public domain).

const MULTIPLIER: u64 = 0xc6a4_a793_5bd1_e995;

/// MurmurHash64A of the bytes, with seed 1.
pub(crate) fn of_bytes(bytes: &[u8]) -> u64 {
    let mut hash = 1 ^ (bytes.len() as u64).wrapping_mul(MULTIPLIER);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        let mut k = u64::from_le_bytes(*word).wrapping_mul(MULTIPLIER);
        k ^= k >> 47;
        hash = (hash ^ k.wrapping_mul(MULTIPLIER)).wrapping_mul(MULTIPLIER);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(MULTIPLIER);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(MULTIPLIER);
    hash ^ (hash >> 47)
}

/// The four keys under which a feature's id stands in an embedding table.
#[expect(clippy::cast_possible_truncation, reason = "the keys are the halves of two 64-bit hashes")]
pub(crate) fn row_keys(id: u64, seed: u64) -> [u32; 4] {
    let mut h1 = id.wrapping_mul(0x87c3_7b91_1142_53d5).rotate_left(31).wrapping_mul(0x4cf5_ad43_2745_937f);
    h1 ^= seed ^ 8;
    let mut h2 = seed ^ 8;
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    h1 = mix(h1);
    h2 = mix(h2);
    h1 = h1.wrapping_add(h2);
    h2 = h2.wrapping_add(h1);
    [h1 as u32, (h1 >> 32) as u32, h2 as u32, (h2 >> 32) as u32]
}

fn mix(mut x: u64) -> u64 {
    x ^= x >> 33;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd);
    x ^= x >> 33;
    x = x.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_the_models() {
        assert_eq!(of_bytes(b"apple"), 8_566_208_034_543_834_098);
        let keys = row_keys(of_bytes(b"apple"), 8);
        assert_eq!(keys, [2_653_853_934, 3_922_826_080, 3_980_780_901, 3_736_755_472]);
    }
}
