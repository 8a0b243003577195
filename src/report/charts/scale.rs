//! Axes: values to pixels, and where ticks stand.

/// A straight scale from values to pixels; what lies beyond stands at its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// Least and greatest value.
    pub values: (f64, f64),
    /// Pixels of these.
    pub pixels: (f64, f64),
}

impl Scale {
    /// The pixel of a value.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let ((low, high), (from, to)) = (self.values, self.pixels);
        let share = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
        from + share * (to - from)
    }
}

/// A scale of powers of ten; values must be positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogScale(pub Scale);

impl LogScale {
    /// The pixel of a value.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.0.values;
        let logs = (libm::log10(low), libm::log10(high));
        Scale { values: logs, pixels: self.0.pixels }.at(libm::log10(value.max(low)))
    }
}

/// Round values from `low` to at least `high`, about `count` steps apart by 1, 2 or 5 times a power of ten; the last
/// one is not below `high`.
#[must_use]
pub fn ticks(low: f64, high: f64, count: usize) -> Vec<f64> {
    let span = high - low;
    if !span.is_finite() || span <= 0.0 {
        return vec![low, low + 1.0];
    }
    let rough = span / count.max(1) as f64;
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let step = [1.0, 2.0, 5.0, 10.0].map(|m| m * power).into_iter().find(|s| *s >= rough * 0.999);
    let step = step.unwrap_or(10.0 * power);
    let first = libm::floor(low / step + 1e-9) as i64;
    let last = libm::ceil(high / step - 1e-9) as i64;
    (first..=last).map(|n| n as f64 * step).collect()
}

/// 1, 2 and 5 times powers of ten around positive values: the first not above `low`, the last not below `high`.
#[must_use]
pub fn log_ticks(low: f64, high: f64) -> Vec<f64> {
    let mut power = libm::pow(10.0, libm::floor(libm::log10(low)));
    let mut ticks = Vec::new();
    while ticks.last().is_none_or(|last| *last < high) && power.is_finite() {
        ticks.extend([1.0, 2.0, 5.0].map(|m| m * power));
        power *= 10.0;
    }
    let first = ticks.iter().rposition(|tick| *tick <= low).unwrap_or(0);
    let last = ticks.iter().position(|tick| *tick >= high).unwrap_or(ticks.len() - 1);
    ticks[first..=last.max(first)].to_vec()
}

/// Positions at least `gap` apart and as near as possible to those wanted, in the same order, within `(low, high)`
/// where there is room. Wanted positions need not be sorted. Least squares by pooling neighbours.
#[must_use]
pub fn spread(wanted: &[f64], gap: f64, (low, high): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]).then(a.cmp(&b)));
    // Pools of neighbours that stand as close as they may: sum of their shifted wishes, and how many.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (place, &item) in order.iter().enumerate() {
        pools.push((wanted[item] - place as f64 * gap, 1));
        while let [.., (a, n), (b, m)] = pools[..]
            && a / n as f64 >= b / m as f64
        {
            pools.truncate(pools.len() - 2);
            pools.push((a + b, n + m));
        }
    }
    let last = (high - (wanted.len() as f64 - 1.0) * gap).max(low);
    let shifted = pools.iter().flat_map(|&(sum, n)| std::iter::repeat_n(sum / n as f64, n));
    let mut placed = vec![0.0; wanted.len()];
    for (place, (at, &item)) in shifted.zip(&order).enumerate() {
        placed[item] = at.clamp(low, last) + place as f64 * gap;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_clamps_and_survives_an_empty_span() {
        let scale = Scale { values: (0.0, 10.0), pixels: (100.0, 200.0) };
        assert_eq!([scale.at(-1.0), scale.at(5.0), scale.at(99.0)], [100.0, 150.0, 200.0]);
        assert_eq!(Scale { values: (3.0, 3.0), pixels: (0.0, 9.0) }.at(3.0), 0.0);
        let log = LogScale(Scale { values: (1.0, 100.0), pixels: (0.0, 2.0) });
        assert!((log.at(10.0) - 1.0).abs() < 1e-12);
        assert_eq!(log.at(0.0), 0.0);
    }

    #[test]
    fn ticks_are_round_and_hold_the_span() {
        assert_eq!(ticks(0.0, 9.3, 5), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(0.0, 0.0, 5), [0.0, 1.0]);
        let far = ticks(420.0, 1_230.0, 4);
        assert!(far[0] <= 420.0 && *far.last().unwrap() >= 1_230.0 && far.len() <= 7, "{far:?}");
        assert_eq!(log_ticks(25.0, 5_500.0).first(), Some(&20.0));
        assert_eq!(log_ticks(25.0, 5_500.0).last(), Some(&10_000.0));
        assert_eq!(log_ticks(3.0, 3.0), [2.0, 5.0]);
    }

    #[test]
    fn labels_keep_apart_and_near_what_they_name() {
        assert_eq!(spread(&[10.0, 50.0], 12.0, (0.0, 100.0)), [10.0, 50.0]);
        assert_eq!(spread(&[50.0, 50.0, 50.0], 12.0, (0.0, 100.0)), [38.0, 50.0, 62.0]);
        assert_eq!(spread(&[99.0, 98.0], 12.0, (0.0, 100.0)), [100.0, 88.0]);
        assert_eq!(spread(&[1.0, 2.0], 12.0, (0.0, 100.0)), [0.0, 12.0]);
        assert_eq!(spread(&[], 12.0, (0.0, 100.0)), [0.0; 0]);
    }
}
