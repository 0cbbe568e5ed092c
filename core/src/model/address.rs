//! IP addresses, as far as to tell loopback from the rest. The standard library's parser says the
//! same, and is a kilobyte of the WebAssembly build.

use crate::text::{hexadecimal, number};

/// Whether an IPv4 address is in 127.0.0.0/8; none if it is no address of four decimal numbers.
pub(super) fn is_ipv4_loopback(text: &str) -> Option<bool> {
    Some(ipv4(text)? >> 24 == 127)
}

/// Whether an IPv6 address is `::1`, in any of its spellings; none if it is no address.
pub(super) fn is_ipv6_loopback(text: &str) -> Option<bool> {
    let mut pairs = text.bytes().zip(text.bytes().skip(1));
    let (head, tail) = match pairs.position(|pair| pair == (b':', b':')) {
        Some(at) => (text.get(..at)?, text.get(at + 2..)?),
        None => ("", text),
    };
    let is_shortened = head.len() + tail.len() < text.len();
    // The address ahead of the gap has to be groups alone.
    let (head, tail) = (groups(head, false)?, groups(tail, true)?);
    let length = head.len() + tail.len();
    let is_address = if is_shortened {
        length < 8
    } else {
        length == 8
    };
    let is_one = tail.last() == Some(&1);
    let others = head.iter().chain(tail.iter().rev().skip(1));
    is_address.then_some(is_one && others.copied().all(|group| group == 0))
}

/// The groups of a part of an IPv6 address, of which the last two may be written as an IPv4 one.
fn groups(text: &str, may_end_in_ipv4: bool) -> Option<Vec<u32>> {
    let mut groups = Vec::new();
    if text.is_empty() {
        return Some(groups);
    }
    let mut parts = text.split(':').peekable();
    while let Some(part) = parts.next() {
        if may_end_in_ipv4 && parts.peek().is_none() && part.contains('.') {
            let address = ipv4(part)?;
            groups.extend([address >> 16, address & 0xffff]);
        } else {
            groups.push(hexadecimal(part).filter(|_| part.len() <= 4)?);
        }
    }
    Some(groups)
}

/// No number has a zero ahead of it: to some readers that would make it an octal one.
fn ipv4(text: &str) -> Option<u32> {
    let mut address = 0;
    let mut length = 0;
    for part in text.split('.') {
        let is_plain = part.len() == 1 || !part.starts_with('0');
        let byte = u8::try_from(number(part)?).ok().filter(|_| is_plain)?;
        address = address << 8 | u32::from(byte);
        length += 1;
    }
    (length == 4).then_some(address)
}

#[cfg(test)]
mod tests {
    use core::net::{Ipv4Addr, Ipv6Addr};

    use proptest::prelude::*;

    use super::*;

    fn std_ipv4(text: &str) -> Option<bool> {
        text.parse()
            .ok()
            .map(|address: Ipv4Addr| address.is_loopback())
    }

    fn std_ipv6(text: &str) -> Option<bool> {
        text.parse()
            .ok()
            .map(|address: Ipv6Addr| address.is_loopback())
    }

    #[test]
    fn they_are_told_as_the_standard_library_does() {
        for text in [
            "",
            "127.0.0.1",
            "127.255.255.255",
            "128.0.0.1",
            "127.1",
            "127.0.0.01",
            "127.0.0.0",
            "127.0.0.256",
            "127.0.0.1.",
            ".127.0.0.1",
            "127.0.0.1.1",
            "1.2.3",
            "0127.0.0.1",
            "+127.0.0.1",
            "127.0.0.99999999999",
            "4294967297.0.0.1",
        ] {
            assert_eq!(is_ipv4_loopback(text), std_ipv4(text), "{text}");
        }
        for text in [
            "",
            ":",
            "::",
            ":::",
            "::1",
            "0::1",
            "0:0:0:0:0:0:0:1",
            "0000:0:0::0:0001",
            "00000::1",
            "1::",
            "::2",
            "1::1",
            "::1::",
            "0:0:0:0:0:0:0::1",
            "0:0:0:0:0:0:0:0:1",
            "0:0:0:0:0:0:0:1::",
            "::0:0:0:0:0:0:0:1",
            "0:0:0:0:0:0::1",
            "::0.0.0.1",
            "::ffff:127.0.0.1",
            "0:0:0:0:0:0:0.0.0.1",
            "0:0:0:0:0:0:0:0.0.0.1",
            "0.0.0.1::",
            "0.0.0.1::1",
            "::0.0.0.1:1",
            "::0.0.0.01",
            "::0.0.1",
            "::g",
            "::+1",
            "::1%lo",
            "1:2:3:4:5:6:7:8",
            "::fffff",
            ":1",
            "1:",
            "0:0:0:0:0:0:0:",
            "::\u{e9}",
        ] {
            assert_eq!(is_ipv6_loopback(text), std_ipv6(text), "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 4096, ..ProptestConfig::default() })]

        #[test]
        fn so_is_whatever_looks_like_one(
            parts in prop::collection::vec("|0|1|01|ff|ffff|0000|00000|127|255|256|g|127\\.0\\.0\\.1|0\\.0\\.0\\.1", 0..10),
            gap in 0_usize..12,
        ) {
            let dotted = parts.join(".");
            prop_assert_eq!(is_ipv4_loopback(&dotted), std_ipv4(&dotted), "{}", dotted);
            let mut grouped = parts.join(":");
            prop_assert_eq!(is_ipv6_loopback(&grouped), std_ipv6(&grouped), "{}", grouped);
            if let Some((at, _)) = grouped.match_indices(':').nth(gap) {
                grouped.insert(at, ':');
            }
            prop_assert_eq!(is_ipv6_loopback(&grouped), std_ipv6(&grouped), "{}", grouped);
        }
    }
}
