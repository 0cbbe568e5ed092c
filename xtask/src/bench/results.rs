//! What was measured, round by round, and what is made of it: medians, and medians of what each
//! round itself gives when two contenders are set against one another.

/// One contender in one round, in nanoseconds: for one call, or for one process.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sample {
    pub(super) cpu: f64,
    pub(super) wall: f64,
    /// Wall time of the call in the middle.
    pub(super) middle: f64,
    pub(super) failures: f64,
}

/// What is read out of a sample.
pub(super) type Reading = fn(&Sample) -> f64;

/// All rounds of all contenders.
#[derive(Debug, Default)]
pub(super) struct Results(Vec<(&'static str, Vec<Sample>)>);

impl Results {
    pub(super) fn add(&mut self, name: &'static str, sample: Sample) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, samples)) => samples.push(sample),
            None => self.0.push((name, vec![sample])),
        }
    }

    /// NaN where there is nothing to read, which the tables show as absent.
    pub(super) fn median(&self, name: &str, reading: Reading) -> f64 {
        median(self.of(name).iter().map(reading))
    }

    /// The median of each round's own difference.
    pub(super) fn above(&self, name: &str, other: &str, reading: Reading) -> f64 {
        self.paired(name, other, reading, |this, that| this - that)
    }

    /// The median of each round's own ratio.
    pub(super) fn ratio(&self, name: &str, other: &str, reading: Reading) -> f64 {
        self.paired(name, other, reading, |this, that| this / that)
    }

    pub(super) fn failures(&self, name: &str) -> f64 {
        self.of(name).iter().map(|sample| sample.failures).sum()
    }

    fn paired(&self, name: &str, other: &str, reading: Reading, by: fn(f64, f64) -> f64) -> f64 {
        let pairs = self.of(name).iter().zip(self.of(other));
        median(pairs.map(|(this, that)| by(reading(this), reading(that))))
    }

    fn of(&self, name: &str) -> &[Sample] {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map_or(&[], |(_, samples)| samples)
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_round_slows_both_sides_and_not_their_ratio() {
        let mut results = Results::default();
        for slowness in [1.0, 50.0, 3.0] {
            let sample = |cpu| Sample {
                cpu: cpu * slowness,
                ..Sample::default()
            };
            results.add("a", sample(3.0));
            results.add("b", sample(2.0));
        }
        let cpu: Reading = |sample| sample.cpu;
        assert!((results.ratio("a", "b", cpu) - 1.5).abs() < 1e-9);
        assert!((results.above("a", "b", cpu) - 3.0).abs() < 1e-9);
        assert!((results.median("b", cpu) - 6.0).abs() < 1e-9);
        assert!(results.ratio("a", "c", cpu).is_nan());
    }
}
