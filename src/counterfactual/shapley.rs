//! Shapley shares: a total split among players by what each adds, averaged over all orders of joining.

/// Which players take part.
pub(super) type Coalition = Vec<bool>;

/// Up to this many players all coalitions are evaluated; above, orders are drawn.
const EXACT_PLAYERS: usize = 8;

/// Orders drawn when there are more players; each is also used backwards.
const DRAWN_ORDERS: usize = 100;

/// A game of n players whose coalitions are to be valued.
#[derive(Clone, Debug)]
pub(super) struct Game {
    players: usize,
    /// All coalitions to be valued; the empty one first, the grand one last.
    coalitions: Vec<Coalition>,
    /// Drawn orders of joining; empty when all coalitions are valued.
    orders: Vec<Vec<usize>>,
}

/// How a total is shared.
#[derive(Clone, Debug)]
pub(super) struct Shares {
    /// Worth of all players less worth of none.
    pub(super) total: f64,
    /// By player, what it adds to nobody.
    pub(super) alone: Vec<f64>,
    /// By player, its Shapley share; they sum to the total.
    pub(super) shapley: Vec<f64>,
}

impl Game {
    /// All 2ⁿ coalitions up to eight players, else those met along 200 orders drawn with `seed`.
    pub(super) fn new(players: usize, seed: u64) -> Self {
        if players <= EXACT_PLAYERS {
            let coalition = |bits: usize| (0..players).map(|p| bits >> p & 1 == 1).collect();
            return Self {
                players,
                coalitions: (0..1 << players).map(coalition).collect(),
                orders: Vec::new(),
            };
        }
        let orders = drawn_orders(players, seed);
        let mut coalitions: Vec<Coalition> = (0..players).map(|p| singleton(players, p)).collect();
        for order in &orders {
            coalitions.extend(joining(players, order));
        }
        coalitions.push(vec![false; players]);
        // By size, then by members: the empty one comes first and the grand one last.
        coalitions.sort_by_cached_key(|c| (c.iter().filter(|&&in_it| in_it).count(), c.clone()));
        coalitions.dedup();
        Self { players, coalitions, orders }
    }

    /// The coalitions to be valued; the empty one first, the grand one last.
    pub(super) fn coalitions(&self) -> &[Coalition] {
        &self.coalitions
    }

    /// Shares, given the worth of every coalition in the order of [`Game::coalitions`]
    /// (docs/equations.md, E-money-11).
    pub(super) fn shares(&self, worth: &[f64]) -> Shares {
        let none = worth[0];
        let gain = |coalition: &[bool]| worth[self.position(coalition)] - none;
        let total = gain(&vec![true; self.players]);
        let alone = (0..self.players).map(|p| gain(&singleton(self.players, p))).collect();
        let shapley = if self.orders.is_empty() { self.exact(&gain) } else { self.averaged(&gain) };
        Shares { total, alone, shapley }
    }

    fn position(&self, coalition: &[bool]) -> usize {
        if self.orders.is_empty() {
            return coalition.iter().rev().fold(0, |bits, &in_it| bits << 1 | usize::from(in_it));
        }
        let size = |c: &[bool]| c.iter().filter(|&&in_it| in_it).count();
        let key = (size(coalition), coalition);
        let found = self.coalitions.binary_search_by(|c| (size(c), c.as_slice()).cmp(&key));
        found.expect("every coalition along a drawn order is in the list")
    }

    /// `Σ_S |S|! (n − |S| − 1)! / n! · (v(S + i) − v(S))` over the coalitions S without i.
    fn exact(&self, gain: &impl Fn(&[bool]) -> f64) -> Vec<f64> {
        let n = self.players;
        let mut weights = vec![1.0 / n as f64; n];
        for size in 1..n {
            // 1 / (n · C(n−1, size)), from the one before.
            weights[size] = weights[size - 1] * size as f64 / (n - size) as f64;
        }
        let share = |player: usize| {
            let without = self.coalitions.iter().filter(|c| !c[player]);
            let added = without.map(|coalition| {
                let size = coalition.iter().filter(|&&in_it| in_it).count();
                let mut with = coalition.clone();
                with[player] = true;
                weights[size] * (gain(&with) - gain(coalition))
            });
            added.sum()
        };
        (0..n).map(share).collect()
    }

    /// The mean of what each adds along the drawn orders; along each order the gains telescope to the total.
    fn averaged(&self, gain: &impl Fn(&[bool]) -> f64) -> Vec<f64> {
        let mut shares = vec![0.0; self.players];
        for order in &self.orders {
            let mut before = 0.0;
            for (player, coalition) in order.iter().zip(joining(self.players, order)) {
                let now = gain(&coalition);
                shares[*player] += now - before;
                before = now;
            }
        }
        shares.iter().map(|sum| sum / self.orders.len() as f64).collect()
    }
}

fn singleton(players: usize, player: usize) -> Coalition {
    (0..players).map(|p| p == player).collect()
}

/// The coalitions as players join in an order, from the first alone to all.
fn joining(players: usize, order: &[usize]) -> impl Iterator<Item = Coalition> {
    order.iter().scan(vec![false; players], |members, &player| {
        members[player] = true;
        Some(members.clone())
    })
}

/// Orders drawn with a seed (splitmix64, Fisher–Yates), each followed by itself backwards.
fn drawn_orders(players: usize, seed: u64) -> Vec<Vec<usize>> {
    let mut state = seed;
    let mut draw = |below: usize| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        // The high word of the product: even to 2⁻⁵⁸ for fewer than 64 players.
        ((u128::from(mixed) * below as u128) >> 64) as usize
    };
    let mut orders = Vec::with_capacity(2 * DRAWN_ORDERS);
    for _ in 0..DRAWN_ORDERS {
        let mut order: Vec<usize> = (0..players).collect();
        for last in (1..players).rev() {
            order.swap(last, draw(last + 1));
        }
        let backwards = order.iter().rev().copied().collect();
        orders.push(order);
        orders.push(backwards);
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(game: &Game, worth: impl Fn(&[bool]) -> f64) -> Shares {
        let worth: Vec<f64> = game.coalitions().iter().map(|c| worth(c)).collect();
        game.shares(&worth)
    }

    #[test]
    fn the_glove_game() {
        // One left glove (player 0), two right ones: a pair is worth 1. Known shares: 2/3, 1/6, 1/6.
        let game = Game::new(3, 0);
        let found = shares(&game, |c| f64::from(u8::from(c[0] && (c[1] || c[2]))));
        assert_eq!(found.total, 1.0);
        assert_eq!(found.alone, [0.0, 0.0, 0.0]);
        for (share, known) in found.shapley.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((share - known).abs() < 1e-15);
        }
    }

    #[test]
    fn drawn_orders_share_out_the_whole_and_come_near_the_known_shares() {
        // Ten players of weights 1…10, worth the square of the weight: share = weight · total weight.
        let game = Game::new(10, 7);
        let found = shares(&game, |c| {
            let weight: f64 = c.iter().zip(1..).filter(|(m, _)| **m).map(|(_, w)| f64::from(w)).sum();
            weight * weight
        });
        assert_eq!(found.total, 3025.0);
        assert!((found.shapley.iter().sum::<f64>() - found.total).abs() < 1e-9);
        // For a square, an order and its reverse together give the exact share.
        for (share, weight) in found.shapley.iter().zip(1..) {
            assert!((share - 55.0 * f64::from(weight)).abs() < 1e-9, "{share} for {weight}");
        }
    }

    #[test]
    fn who_adds_nothing_gets_nothing() {
        for players in [4, 9] {
            let game = Game::new(players, 1);
            let found = shares(&game, |c| if c[1] && c[2] { 4.0 } else { 0.0 });
            assert_eq!(found.shapley[0], 0.0);
            assert!((found.shapley[1] + found.shapley[2] - 4.0).abs() < 1e-12);
        }
    }
}
