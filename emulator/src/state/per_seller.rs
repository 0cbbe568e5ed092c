//! Credentials by their text, with each seller's own in order of age, and a limit for each seller.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

pub(crate) struct PerSeller<T> {
    by_text: HashMap<Arc<str>, Entry<T>>,
    by_age: HashMap<Arc<str>, BTreeMap<u64, Arc<str>>>,
    next_age: u64,
}

struct Entry<T> {
    merchant_id: Arc<str>,
    age: u64,
    value: T,
}

impl<T> PerSeller<T> {
    /// Add a credential; while the seller then has more than `room`, the oldest one goes.
    pub(crate) fn insert(&mut self, merchant_id: &Arc<str>, text: &str, value: T, room: usize) {
        self.remove(text);
        let text: Arc<str> = text.into();
        let age = self.next_age;
        self.next_age += 1;
        let entry = Entry {
            merchant_id: Arc::clone(merchant_id),
            age,
            value,
        };
        self.by_text.insert(Arc::clone(&text), entry);
        let ages = self.by_age.entry(Arc::clone(merchant_id)).or_default();
        ages.insert(age, text);
        while ages.len() > room {
            let Some((_, oldest)) = ages.pop_first() else {
                break;
            };
            self.by_text.remove(&oldest);
        }
    }

    pub(crate) fn get(&self, text: &str) -> Option<&T> {
        self.by_text.get(text).map(|entry| &entry.value)
    }

    pub(crate) fn get_mut(&mut self, text: &str) -> Option<&mut T> {
        self.by_text.get_mut(text).map(|entry| &mut entry.value)
    }

    pub(crate) fn remove(&mut self, text: &str) -> Option<T> {
        let entry = self.by_text.remove(text)?;
        if let Some(ages) = self.by_age.get_mut(&entry.merchant_id) {
            ages.remove(&entry.age);
        }
        Some(entry.value)
    }

    /// One seller's, oldest first.
    pub(crate) fn of_seller(&self, merchant_id: &str) -> impl Iterator<Item = (&str, &T)> {
        self.by_age
            .get(merchant_id)
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter_map(|text| Some((&**text, self.get(text)?)))
    }

    /// Everything, seller by seller as they first appeared in `merchants`, oldest first.
    pub(crate) fn of_sellers<'a>(
        &'a self,
        merchants: impl Iterator<Item = &'a str>,
    ) -> impl Iterator<Item = (&'a str, &'a T)> {
        merchants.flat_map(|merchant| self.of_seller(merchant))
    }

    /// Change each of one seller's.
    pub(crate) fn change_of_seller(&mut self, merchant_id: &str, mut change: impl FnMut(&mut T)) {
        for text in self
            .by_age
            .get(merchant_id)
            .into_iter()
            .flat_map(BTreeMap::values)
        {
            if let Some(entry) = self.by_text.get_mut(text) {
                change(&mut entry.value);
            }
        }
    }

    /// Remove those of one seller's that `goes` picks, and say how many they were.
    pub(crate) fn remove_of_seller(
        &mut self,
        merchant_id: &str,
        mut goes: impl FnMut(&T) -> bool,
    ) -> usize {
        let Some(ages) = self.by_age.get_mut(merchant_id) else {
            return 0;
        };
        let before = ages.len();
        ages.retain(|_, text| {
            let gone = self
                .by_text
                .get(text)
                .is_none_or(|entry| goes(&entry.value));
            if gone {
                self.by_text.remove(text);
            }
            !gone
        });
        before - ages.len()
    }
}

impl<T> Default for PerSeller<T> {
    fn default() -> Self {
        Self {
            by_text: HashMap::new(),
            by_age: HashMap::new(),
            next_age: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::PerSeller;

    #[test]
    fn beyond_the_room_a_seller_has_the_oldest_goes_and_other_sellers_keep_theirs() {
        let (a, b): (Arc<str>, Arc<str>) = ("A".into(), "B".into());
        let mut tokens = PerSeller::default();
        tokens.insert(&b, "other", 0, 2);
        for (at, text) in ["first", "second", "third"].into_iter().enumerate() {
            tokens.insert(&a, text, at, 2);
        }
        assert!(tokens.get("first").is_none());
        assert_eq!(tokens.get("third"), Some(&2));
        assert_eq!(tokens.get("other"), Some(&0));
        assert_eq!(tokens.of_seller("A").count(), 2);
    }

    #[test]
    fn what_was_removed_leaves_room() {
        let a: Arc<str> = "A".into();
        let mut tokens = PerSeller::default();
        tokens.insert(&a, "kept", 1, 2);
        for round in 0..10 {
            let text = format!("rotated {round}");
            tokens.insert(&a, &text, round, 2);
            assert!(tokens.remove(&text).is_some());
        }
        assert_eq!(tokens.get("kept"), Some(&1));
    }
}
