//! The plain sentences under the table of the cost of the gap: which assumption carries the figure.

use super::{BRIDGES, GapCost, Measure};
use crate::diagnostic::Language;
use crate::funding::{FundingOptions, fund};
use crate::gaps;
use crate::id::{FundId, PlaceId, ProjectId};
use crate::model::{FundLevel, IfMissing, Model};
use crate::money::{Fen, Ppm};

/// Says, from the table alone, what the missing county money costs, which assumption carries the figure,
/// and why a county's share is negative where one is. Empty for an empty table.
///
/// For the reason of a negative share the money pass is run again in that state.
#[must_use]
pub fn sentence(table: &[GapCost], model: &Model, language: Language) -> String {
    let Some(measure) = leading_measure(table) else {
        return if table.is_empty() { String::new() } else { nothing_lost(language) };
    };
    let mut said = vec![figures(table, language), carrier(table, measure, model, language)];
    said.extend(negative_shares(table, model, language));
    said.retain(|sentence| !sentence.is_empty());
    said.join(language.pick("", " "))
}

/// The table's first measure, tonnes before all, in which any state costs anything.
fn leading_measure(table: &[GapCost]) -> Option<Measure> {
    let moves = |line: &GapCost| {
        line.total.is_some_and(|total| total != 0.0) || line.counties.iter().any(|c| c.shapley != 0.0)
    };
    let counts = |measure: Measure| table.iter().any(|line| line.measure == measure && moves(line));
    use Measure::{CompositePoints, ProjectMonths, SolidWastePoints, Tonnes};
    [Tonnes, ProjectMonths, CompositePoints, SolidWastePoints].into_iter().find(|&measure| counts(measure))
}

fn nothing_lost(language: Language) -> String {
    let zh = "无论是否适用配套规则、业主垫付多少，县级资金到位与否都不改变任何项目的投产月份：在本模型的资金安排中，\
              没有项目在等这笔钱，因此缺口的代价为零（缺口本身仍然存在）。";
    let en = "Whether matching rules apply or not and however much owners bridge, meeting the county duties moves no \
              project's month on stream: nothing in the financing given waits for this money, so the gap costs \
              nothing (the gap itself remains).";
    language.pick(zh, en).to_owned()
}

fn line_of(table: &[GapCost], matching: bool, bridge: Option<Ppm>, measure: Measure) -> Option<&GapCost> {
    table.iter().find(|l| l.matching == matching && l.bridge == bridge && l.measure == measure)
}

fn total_of(table: &[GapCost], matching: bool, bridge: Option<Ppm>, measure: Measure) -> Option<f64> {
    line_of(table, matching, bridge, measure)?.total
}

/// What it costs as the tables stand, with the rule off and on; and the first figure where all owners bridge
/// nothing, and 30 %.
fn figures(table: &[GapCost], language: Language) -> String {
    let of_state = |matching: bool, bridge, most: usize| {
        let lines = Measure::ALL.iter().filter_map(|&measure| line_of(table, matching, bridge, measure));
        let parts: Vec<String> = lines.filter_map(|line| amount(line, language)).take(most).collect();
        parts.join(language.pick("、", ", "))
    };
    let [given, nothing, some, _] = BRIDGES;
    let (off, on) = (of_state(false, given, 4), of_state(true, given, 4));
    let (bare_off, bare_on) = (of_state(false, nothing, 1), of_state(true, nothing, 1));
    let (some_off, some_on) = (of_state(false, some, 1), of_state(true, some, 1));
    match language {
        Language::Zh => format!(
            "县级资金不到位的代价（与县级责任按期履行相比）：各业主按各自的比例垫资时，不执行配套规则则{off}；\
             执行配套规则则{on}。若业主分文不垫，不执行则{bare_off}，执行则{bare_on}；\
             若都能垫30%，不执行则{some_off}，执行则{some_on}。"
        ),
        Language::En => format!(
            "What the missing county money costs, against county duties met on time: with every owner bridging its own \
             share, without the matching rule {off}; with it, {on}. If owners bridged nothing, without the rule \
             {bare_off}; with it, {bare_on}. If all could bridge 30 %, without it {some_off}; with it, {some_on}."
        ),
    }
}

/// One figure with its unit; `None` when it is not computable.
fn amount(line: &GapCost, language: Language) -> Option<String> {
    let total = line.total?;
    let sign = if line.at_least { "≥ " } else { "" };
    Some(match (line.measure, language) {
        (Measure::ProjectMonths, Language::Zh) => format!("少投产{sign}{total:.0}个项目月"),
        (Measure::ProjectMonths, Language::En) => {
            format!("{sign}{total:.0} project-months on stream are lost")
        }
        (Measure::Tonnes, Language::Zh) => {
            format!("少利用一般工业固体废物{sign}{:.2}万吨", total / 1.0e4)
        }
        (Measure::Tonnes, Language::En) => {
            format!("{sign}{:.2} × 10⁴ t of general industrial solid waste are not used", total / 1.0e4)
        }
        (Measure::CompositePoints, Language::Zh) => format!("末年综合指标低{sign}{total:.2}个百分点"),
        (Measure::CompositePoints, Language::En) => {
            format!("the composite of the last year is {sign}{total:.2} points lower")
        }
        (Measure::SolidWastePoints, Language::Zh) => format!("末年固废利用率低{sign}{total:.2}个百分点"),
        (Measure::SolidWastePoints, Language::En) => {
            format!("the solid-waste rate of the last year is {sign}{total:.2} points lower")
        }
    })
}

/// Which of the two assumptions moves the figure more, over the whole table.
fn carrier(table: &[GapCost], measure: Measure, model: &Model, language: Language) -> String {
    let total = |matching, bridge| total_of(table, matching, bridge, measure);
    let mut by_rule: f64 = 0.0;
    for bridge in BRIDGES {
        if let (Some(off), Some(on)) = (total(false, bridge), total(true, bridge)) {
            by_rule = by_rule.max((on - off).abs());
        }
    }
    let mut by_bridge: f64 = 0.0;
    for matching in [false, true] {
        let of_row: Vec<f64> = BRIDGES.iter().filter_map(|&bridge| total(matching, bridge)).collect();
        for a in &of_row {
            for b in &of_row {
                by_bridge = by_bridge.max((a - b).abs());
            }
        }
    }
    // What costs nothing costs nothing in any measure: tonnes may stand still where months are lost.
    let is_zero = |matching, bridge| {
        let totals = |&measure: &Measure| total_of(table, matching, bridge, measure);
        Measure::ALL.iter().filter_map(totals).all(|total| total == 0.0)
    };
    let off_is_zero = BRIDGES.iter().all(|&bridge| is_zero(false, bridge));
    let bridged_is_zero = [false, true].iter().all(|&matching| is_zero(matching, BRIDGES[3]));
    let of = counted(measure, language);
    let mut said = if by_rule == 0.0 && by_bridge == 0.0 {
        match language {
            Language::Zh => format!("{of}不取决于这两条假设：各种情形下相同。"),
            Language::En => {
                format!("Neither assumption moves the figure of {of}: it is the same in all states.")
            }
        }
    } else if off_is_zero {
        let zh = "全部代价来自“县级资金未建立则上级资金暂停拨付”的配套规则，这是建模假设，不是已知规定：\
                  不适用该规则时代价为零。";
        let en = "All of it comes from the matching rule (money from above is withheld until the county fund is \
                  established), which is an assumption of the model, not a known regulation: without it the cost is \
                  zero.";
        language.pick(zh, en).to_owned()
    } else if by_rule > by_bridge {
        match language {
            Language::Zh => format!("{of}主要取决于配套规则是否适用，这是建模假设，不是已知规定。"),
            Language::En => format!(
                "What carries the figure of {of} is whether the matching rule applies, which is an assumption of the \
                 model, not a known regulation."
            ),
        }
    } else {
        match language {
            Language::Zh => format!("{of}主要取决于业主能垫付多少，这是建模假设。"),
            Language::En => format!(
                "What carries the figure of {of} is how much owners can bridge, which is an assumption of the model."
            ),
        }
    };
    if by_bridge > 0.0 && bridged_is_zero {
        said.push_str(language.pick(
            "业主全额垫付时代价为零：不是缺口消失了，而是由业主先出了钱。",
            " Where owners bridge everything the cost is zero: not because the gap is gone, but because owners pay first.",
        ));
    } else if by_bridge > 0.0 {
        said.push_str(&bridged_and_yet_lost(table, model, language));
    } else if is_zero(false, BRIDGES[2]) && !is_zero(false, BRIDGES[1]) {
        said.push_str(language.pick(
            "不适用配套规则时，30%的垫付已足以填平缺口，代价由业主承担。",
            " With no matching rule a bridge of 30 % already covers the gap, and owners carry it.",
        ));
    }
    said
}

/// What a measure counts, in words that follow "the figure of".
fn counted(measure: Measure, language: Language) -> &'static str {
    let (zh, en) = match measure {
        Measure::ProjectMonths => ("少投产的项目月", "project-months"),
        Measure::Tonnes => ("少利用的固体废物量", "solid waste not used"),
        Measure::CompositePoints => ("末年综合指标的损失", "the composite of the last year"),
        Measure::SolidWastePoints => ("末年固废利用率的损失", "the solid-waste rate of the last year"),
    };
    language.pick(zh, en)
}

/// What is lost even where every owner bridges everything, and which projects do not start for it; empty where
/// nothing of it is in months.
fn bridged_and_yet_lost(table: &[GapCost], model: &Model, language: Language) -> String {
    let lines = [false, true].map(|matching| line_of(table, matching, BRIDGES[3], Measure::ProjectMonths));
    let most = lines
        .into_iter()
        .flatten()
        .max_by(|a, b| a.total.unwrap_or(0.0).abs().total_cmp(&b.total.unwrap_or(0.0).abs()));
    let Some(line) = most.filter(|line| line.total.is_some_and(|total| total != 0.0)) else {
        return String::new();
    };
    let Some(lost) = amount(line, language) else { return String::new() };
    let waits = |project: ProjectId| {
        let mut rows = model.financing.iter().filter(|row| row.project == project);
        rows.any(|row| row.if_missing == IfMissing::Drop)
    };
    let name = |project: ProjectId| {
        let project = &model.projects[project];
        match language {
            Language::Zh => format!("“{}”", project.name),
            Language::En => format!("“{}”", project.name_en),
        }
    };
    let dropped: Vec<String> =
        line.delays.iter().filter(|d| waits(d.project)).map(|d| name(d.project)).collect();
    let projects = dropped.join(language.pick("、", ", "));
    match (dropped.is_empty(), language) {
        (true, Language::Zh) => format!("业主全额垫付时仍{lost}。"),
        (true, Language::En) => format!(" Where owners bridge everything, still {lost}."),
        (false, Language::Zh) => {
            format!("业主全额垫付时仍{lost}：{projects}按“资金未建立则不开工”安排，垫付代替不了资金的建立。")
        }
        (false, Language::En) => format!(
            " Where owners bridge everything, still {lost}: {projects} does not start while a fund it counts on is not \
             established, and bridging does not establish it."
        ),
    }
}

/// A remark for every county with a negative share, with the reason that the tables give.
fn negative_shares(table: &[GapCost], model: &Model, language: Language) -> Vec<String> {
    let mut told: Vec<(PlaceId, bool)> = Vec::new();
    let mut remarks = Vec::new();
    for line in table {
        let tolerance = 1.0e-9 * line.counties.iter().map(|c| c.shapley.abs()).fold(1.0, f64::max);
        for cost in line.counties.iter().filter(|c| c.shapley < -tolerance) {
            let months = line_of(table, line.matching, line.bridge, Measure::ProjectMonths);
            let of_county = months.and_then(|m| m.counties.iter().find(|c| c.county == cost.county));
            let by_money = of_county.is_some_and(|c| c.shapley < -1.0e-9);
            if told.contains(&(cost.county, by_money)) {
                continue;
            }
            told.push((cost.county, by_money));
            remarks.push(remark(line, cost.county, by_money, model, language));
        }
    }
    remarks
}

fn remark(line: &GapCost, county: PlaceId, by_money: bool, model: &Model, language: Language) -> String {
    let place = &model.places[county];
    let name = language.pick(&place.name, &place.name_en);
    let scarce = if by_money { scarce_fund(line, model) } else { None };
    let reason = match (scarce, language) {
        (Some((fund, short)), _) => {
            let fund = &model.funds[fund];
            let (fund, wan) = (language.pick(&fund.name, &fund.name_en), short.wan());
            match language {
                Language::Zh => format!(
                    "它的资金一到位，它的项目也来分用“{fund}”，而后者不够所有到期项目使用（月末最多欠付{wan:.0}万元），别处的项目因此推后"
                ),
                Language::En => format!(
                    "once its money is there its projects draw on “{fund}” too, which cannot pay all that is due (at most \
                     {wan:.0} wan yuan short at a month's end), so that projects elsewhere wait"
                ),
            }
        }
        (None, Language::Zh) if by_money => {
            "它的项目提前后，共用的资金更早用在别处，个别项目因此推后".to_owned()
        }
        (None, Language::En) if by_money => {
            "with its projects earlier, shared money is spent earlier and elsewhere, and some project waits".to_owned()
        }
        (None, Language::Zh) => "项目投产并未推后，减少的是物料：它的项目投产后与别处争用同一批废物或同一个市场，或自身产生新的废物".to_owned(),
        (None, Language::En) => "no project-months are lost by it; the loss is in the materials: its projects, once on \
                                 stream, compete for the same waste or the same market, or make new waste"
            .to_owned(),
    };
    let percent = line.bridge.map(|bridge| bridge.share() * 100.0);
    match language {
        Language::Zh => {
            let rule = if line.matching { "适用" } else { "不适用" };
            let bridge =
                percent.map_or("按各自比例垫付".to_owned(), |percent| format!("垫付{percent:.0}%"));
            format!("{name}的分摊份额在{rule}配套规则、{bridge}时为负：{reason}。")
        }
        Language::En => {
            let rule = if line.matching { "with" } else { "without" };
            let bridge = percent.map_or("with every owner's own bridge".to_owned(), |percent| {
                format!("at a bridge of {percent:.0} %")
            });
            format!("The share of {name} is negative {rule} the matching rule {bridge}: {reason}.")
        }
    }
}

/// The fund that is not a county's and is shortest of money at any month's end when all counties pay.
fn scarce_fund(line: &GapCost, model: &Model) -> Option<(FundId, Fen)> {
    let counties_pay = super::owing_counties(model);
    let options = FundingOptions { matching: line.matching, bridge: line.bridge, counties_pay };
    let outcome = fund(model, &options);
    let mut scarce: Option<(FundId, Fen)> = None;
    for gaps in gaps::by_month(model, &outcome) {
        for gap in gaps.funds.iter().filter(|g| model.funds[g.fund].level != FundLevel::County) {
            if gap.short > scarce.map_or(Fen::ZERO, |(_, short)| short) {
                scarce = Some((gap.fund, gap.short));
            }
        }
    }
    scarce
}
