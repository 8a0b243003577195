//! From flows to a diagram that can be read: materials between two nodes become links, small nodes are gathered by
//! name, thin links are counted instead of drawn.

use super::flows::{Flows, Scope, Tonnes};
use super::graph::{Graph, Link, Sort, Spot, Thin};
use super::key::{Key, Purpose, is_waste};
use crate::diagnostic::Language;
use crate::model::Model;
use crate::report::number;
use std::collections::{BTreeMap, BTreeSet};

/// A link below this share of the largest node is thin.
const THIN: f64 = 0.0015;
/// Names listed of what is gathered.
const LISTED: usize = 8;

/// The diagram of flows.
#[must_use]
pub fn graph(model: &Model, flows: &Flows, scope: Scope, language: Language) -> Graph {
    let mut tonnes = flows.tonnes.clone();
    if scope != Scope::Wastes {
        tonnes = shortened(model, tonnes);
    }
    let mut members: BTreeMap<Key, BTreeSet<Key>> = BTreeMap::new();
    for (limit, of_class) in classes(scope) {
        let small = small(model, &tonnes, limit, |key| of_class(model, key));
        tonnes = gathered(model, tonnes, &small, &mut members);
        if scope != Scope::Wastes {
            tonnes = shortened(model, tonnes);
        }
    }
    build(model, flows, &tonnes, &members, language)
}

type Belongs = fn(&Model, &Key) -> bool;

/// How many nodes of which class stand for themselves.
fn classes(scope: Scope) -> Vec<(usize, Belongs)> {
    let production: Belongs = |model, key| purpose(model, key) == Some(Purpose::Production);
    let others: Belongs = |model, key| purpose(model, key).is_some_and(|p| p != Purpose::Production);
    let wastes: Belongs = |model, key| matches!(key, Key::Material(id) if is_waste(model, *id));
    let materials: Belongs = |model, key| matches!(key, Key::Material(id) if !is_waste(model, *id));
    let incoming: Belongs = |_, key| matches!(key, Key::Incoming(_));
    let outgoing: Belongs = |_, key| matches!(key, Key::Outgoing(_));
    match scope {
        Scope::City => vec![(8, production), (6, others), (6, wastes), (2, materials)],
        Scope::Wastes => vec![(9, production), (11, others), (10, wastes)],
        Scope::Place(_) => {
            vec![(9, production), (9, others), (8, wastes), (6, materials), (9, incoming), (9, outgoing)]
        }
    }
}

fn purpose(model: &Model, key: &Key) -> Option<Purpose> {
    match key {
        Key::Technology(_, purpose) => Some(*purpose),
        Key::Own(id) => Some(Purpose::of(&model.processes[*id])),
        _ => None,
    }
}

/// Materials that are no waste and have one giver or one taker are drawn as links between givers and takers.
fn shortened(model: &Model, mut tonnes: Tonnes) -> Tonnes {
    let mut around: BTreeMap<Key, (BTreeSet<Key>, BTreeSet<Key>)> = BTreeMap::new();
    for (from, to, _) in tonnes.keys() {
        around.entry(to.clone()).or_default().0.insert(from.clone());
        around.entry(from.clone()).or_default().1.insert(to.clone());
    }
    for (key, (givers, takers)) in &around {
        let material = matches!(key, Key::Material(id) if !is_waste(model, *id));
        let alone = givers.len() == 1 || takers.len() == 1;
        // What only enters or only leaves (nothing in tonnes keeps it from that) is no link.
        if !material || !alone || givers.is_empty() || takers.is_empty() {
            continue;
        }
        let many_takers = givers.len() == 1;
        let links: Vec<_> = tonnes.keys().filter(|(from, to, _)| from == key || to == key).cloned().collect();
        for link in links {
            let amount = tonnes.remove(&link).unwrap_or_default();
            let (from, to, class) = link;
            let joined = match (many_takers, from == *key) {
                (true, true) => givers.first().map(|giver| (giver.clone(), to, class)),
                (false, false) => takers.first().map(|taker| (from, taker.clone(), class)),
                _ => None,
            };
            if let Some(joined) = joined {
                *tonnes.entry(joined).or_default() += amount;
            }
        }
        return shortened(model, tonnes);
    }
    tonnes
}

/// What goes through every node: the larger of what enters and what leaves.
fn through(tonnes: &Tonnes) -> BTreeMap<&Key, f64> {
    let mut both: BTreeMap<&Key, (f64, f64)> = BTreeMap::new();
    for ((from, to, _), amount) in tonnes {
        both.entry(from).or_default().1 += amount;
        both.entry(to).or_default().0 += amount;
    }
    both.into_iter().map(|(key, (enters, leaves))| (key, enters.max(leaves))).collect()
}

/// Nodes of a class beyond the largest `limit`, and those as thin as a thin link; a single one is not gathered.
fn small(model: &Model, tonnes: &Tonnes, limit: usize, of_class: impl Fn(&Key) -> bool) -> BTreeSet<Key> {
    let through = through(tonnes);
    let least = through.values().copied().fold(0.0, f64::max) * THIN;
    let mut nodes: Vec<(&Key, f64)> = through.into_iter().filter(|(key, _)| of_class(key)).collect();
    nodes.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    let large = nodes.iter().take_while(|(_, amount)| *amount >= least).count();
    let kept = large.min(limit);
    let mut together: BTreeMap<Option<Key>, Vec<&Key>> = BTreeMap::new();
    for (key, _) in &nodes[kept..] {
        together.entry(key.other(model)).or_default().push(key);
    }
    let gathered = together.into_iter().filter(|(other, keys)| other.is_some() && keys.len() > 1);
    gathered.flat_map(|(_, keys)| keys).cloned().collect()
}

fn gathered(
    model: &Model,
    tonnes: Tonnes,
    small: &BTreeSet<Key>,
    members: &mut BTreeMap<Key, BTreeSet<Key>>,
) -> Tonnes {
    let mut shown = |key: Key| {
        let other = small.contains(&key).then(|| key.other(model)).flatten();
        match other {
            Some(other) => {
                members.entry(other.clone()).or_default().insert(key);
                other
            }
            None => key,
        }
    };
    let mut merged = Tonnes::new();
    for ((from, to, class), amount) in tonnes {
        *merged.entry((shown(from), shown(to), class)).or_default() += amount;
    }
    merged
}

fn build(
    model: &Model,
    flows: &Flows,
    tonnes: &Tonnes,
    members: &BTreeMap<Key, BTreeSet<Key>>,
    language: Language,
) -> Graph {
    let through = through(tonnes);
    let least = through.values().copied().fold(0.0, f64::max) * THIN;
    let mut largest: BTreeMap<&Key, f64> = BTreeMap::new();
    for ((from, to, _), &amount) in tonnes {
        for key in [from, to] {
            let most = largest.entry(key).or_default();
            *most = most.max(amount);
        }
    }
    // The largest link of a node is drawn whatever its size, so that no node stands alone.
    let is_thin =
        |from: &Key, to: &Key, amount: f64| amount < least && amount < largest[from] && amount < largest[to];
    let mut graph = Graph::default();
    let position: BTreeMap<&Key, usize> = through.keys().enumerate().map(|(at, key)| (*key, at)).collect();
    for (key, &through) in &through {
        graph.spots.push(Spot { name: key.name(model, language), sort: key.sort(), through });
    }
    for ((from, to, class), &amount) in tonnes {
        if is_thin(from, to, amount) {
            let thin = &mut graph.thin;
            (thin.count, thin.tonnes) = (thin.count + 1, thin.tonnes + amount);
            thin.largest = thin.largest.max(amount);
        } else {
            let (from, to) = (position[from], position[to]);
            graph.links.push(Link { from, to, class: *class, tonnes: amount });
        }
    }
    graph.notes = notes(model, flows, &graph.thin, members, &through, language);
    graph
}

fn notes(
    model: &Model,
    flows: &Flows,
    thin: &Thin,
    members: &BTreeMap<Key, BTreeSet<Key>>,
    through: &BTreeMap<&Key, f64>,
    language: Language,
) -> Vec<String> {
    let mut notes = Vec::new();
    for (other, keys) in members {
        let Some(&amount) = through.get(other) else { continue };
        let mut names: Vec<String> = keys.iter().map(|key| key.name(model, language)).collect();
        names.truncate(LISTED);
        let (name, amount) = (other.name(model, language), number::wan_tonnes(amount));
        let (count, names) = (keys.len(), names.join(language.pick("、", ", ")));
        let more = if count > LISTED { language.pick("等", ", …") } else { "" };
        notes.push(match language {
            Language::Zh => format!("“{name}”合并 {count} 项，共 {amount} 万吨：{names}{more}。"),
            Language::En => format!("“{name}” gathers {count}, together {amount} × 10⁴ t: {names}{more}."),
        });
    }
    if thin.count > 0 {
        let (count, all, most) =
            (thin.count, number::wan_tonnes(thin.tonnes), number::wan_tonnes(thin.largest));
        notes.push(match language {
            Language::Zh => {
                format!("过细而未画的流 {count} 条，每条不超过 {most} 万吨，共 {all} 万吨；已计入两端的数。")
            }
            Language::En => format!(
                "{count} flows too thin to draw, each at most {most}, together {all} × 10⁴ t; counted in the figures of \
                 their ends."
            ),
        });
    }
    let mut left_out = match language {
        Language::Zh => format!(
            "未画：水、排放和仅用于平衡的空气（工序排出共 {} 万吨），以及没有质量的物料（电、热）",
            number::wan_tonnes(flows.left_out)
        ),
        Language::En => format!(
            "Not drawn: water, emissions and air that only closes balances ({} × 10⁴ t given off by processes), and what \
             has no mass (power, heat)",
            number::wan_tonnes(flows.left_out)
        ),
    };
    if flows.recirculated > 0.0 {
        let amount = number::wan_tonnes(flows.recirculated);
        left_out.push_str(&match language {
            Language::Zh => format!("，工序内部循环 {amount} 万吨"),
            Language::En => format!(", {amount} × 10⁴ t that processes give back to themselves"),
        });
    }
    left_out.push_str(language.pick("。", "."));
    notes.push(left_out);
    notes
}

/// Whether a diagram has something to show: a link between two nodes.
#[must_use]
pub fn is_empty(graph: &Graph) -> bool {
    graph.links.iter().all(|link| link.from == link.to)
        || graph.spots.iter().all(|spot| spot.sort == Sort::End)
}
