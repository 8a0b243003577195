//! Words and numbers of a comparison.

use super::Compared;
use crate::compare::lever::Lever;
use crate::compare::quantities::{Flow, Money, What, dimension_of};
use crate::id::{Id, MarketId, PlaceId, ProjectId};
use crate::model::Places;
use crate::money::Fen;
use crate::report::{named, number};

/// Words of one comparison.
pub(super) struct Words<'a> {
    pub(super) of: &'a Compared<'a>,
}

impl Words<'_> {
    fn pick(&self, zh: &str, en: &str) -> String {
        self.of.language.pick(zh, en).to_owned()
    }

    fn named(&self, zh: &str, en: &str) -> String {
        named(self.of.language, zh, en).to_owned()
    }

    /// The word of a kind in JSON.
    pub(super) fn kind(&self, what: What) -> &'static str {
        match what {
            What::Indicator(..) => "indicator",
            What::Money(..) => "money",
            What::OnStream(_) => "project",
            What::Flow(..) => "flow",
            What::Activity(_) => "activity",
            What::Stock(_) => "stock",
        }
    }

    pub(super) fn name(&self, what: What) -> String {
        let model = self.of.models[0];
        match what {
            What::Indicator(definition, place) => {
                let definition = &self.of.definitions[definition];
                self.at(&self.named(&definition.name, &definition.name_en), place)
            }
            What::Money(money, fund) => {
                let word = self.money(money);
                let of = fund.map(|fund| {
                    let fund = &model.funds[fund];
                    self.named(&fund.name, &fund.name_en)
                });
                of.map_or(word.clone(), |of| format!("{word} · {of}"))
            }
            What::OnStream(project) => {
                let months = self.pick("投运月数", "months on stream");
                format!("{} · {}", self.project(project), months)
            }
            What::Flow(material, flow) => {
                let material = &model.materials[material];
                format!("{} · {}", self.named(&material.name, &material.name_en), self.flow(flow))
            }
            What::Activity(process) => {
                let process = &model.processes[process];
                let material = &model.materials[process.rows[process.reference].material];
                let (process, material) = (
                    self.named(&process.name, &process.name_en),
                    self.named(&material.name, &material.name_en),
                );
                format!("{process} · {} {material}", self.pick("运行量", "activity in"))
            }
            What::Stock(market) => format!("{} · {}", self.market(market), self.pick("年末库存", "stock")),
        }
    }

    fn at(&self, name: &str, place: PlaceId) -> String {
        let record = &self.of.models[0].places[place];
        let place = if place == Places::ROOT {
            self.pick("全市", "city")
        } else {
            self.named(&record.name, &record.name_en)
        };
        format!("{name} · {place}")
    }

    fn money(&self, money: Money) -> String {
        let (zh, en) = match money {
            Money::Missing => ("缺失资金", "missing money"),
            Money::Obligation => ("义务缺口", "obligation gap"),
            Money::Financing => ("筹资缺口", "financing gap"),
            Money::Short => ("到期未付", "due and short"),
            Money::HeldUp => ("被规则扣住", "held up by a rule"),
            Money::PaidIn => ("已到位", "paid in"),
            Money::Paid => ("已支付", "paid out"),
            Money::Held => ("结存", "held"),
        };
        self.pick(zh, en)
    }

    fn flow(&self, flow: Flow) -> String {
        let (zh, en) = match flow {
            Flow::Given => ("产生", "given off or made"),
            Flow::Used => ("使用", "used"),
            Flow::FinalDemand => ("最终需求", "final demand"),
            Flow::Imported => ("调入", "brought in"),
            Flow::Extracted => ("开采", "extracted"),
            Flow::Exported => ("运出", "sent out"),
            Flow::Stored => ("堆存", "stored"),
            Flow::Reclaimed => ("取用往年堆存", "reclaimed from stock"),
            Flow::Disposed => ("处置", "disposed of"),
            Flow::Discharged => ("排放", "discharged"),
            Flow::Unmet => ("未满足", "not met"),
        };
        self.pick(zh, en)
    }

    fn project(&self, project: ProjectId) -> String {
        let record = &self.of.models[0].projects[project];
        self.named(&record.name, &record.name_en)
    }

    /// A market: material and place.
    pub(super) fn market(&self, market: MarketId) -> String {
        let market = &self.of.plan.network.markets[market];
        let material = &self.of.models[0].materials[market.material];
        self.at(&self.named(&material.name, &material.name_en), market.place)
    }

    /// Unit of the numbers in JSON.
    pub(super) fn unit(&self, what: What) -> String {
        match what {
            What::Indicator(definition, _) => {
                let definition = &self.of.definitions[definition];
                self.named(&definition.unit, &definition.unit_en)
            }
            What::Money(..) => "fen".to_owned(),
            What::OnStream(_) => self.pick("月", "months"),
            _ => dimension_of(self.of.models[0], &self.of.plan.network, what)
                .map_or_else(String::new, |dimension| dimension.symbol().to_owned()),
        }
    }

    /// A value with its unit.
    pub(super) fn value(&self, what: What, value: f64) -> String {
        match what {
            What::Indicator(definition, _) => {
                let definition = &self.of.definitions[definition];
                let unit = self.unit(what);
                format!("{} {unit}", number::indicator(definition, value)).trim_end().to_owned()
            }
            What::Money(..) => {
                let fen = Fen(value as i64);
                format!("{} {}", number::wan(fen), number::wan_yuan_unit(self.of.language))
            }
            What::OnStream(project) => self.on_stream(project, value),
            _ => self.quantity(what, value),
        }
    }

    /// A change with its sign and unit.
    pub(super) fn change(&self, what: What, change: f64) -> String {
        let shown = match what {
            What::Indicator(definition, _) if self.of.definitions[definition].percent => {
                let shown = self.of.definitions[definition].shown(change);
                format!("{} {}", number::grouped(shown, 2), self.pick("个百分点", "points"))
            }
            What::OnStream(_) => format!("{} {}", number::grouped(change, 0), self.pick("个月", "months")),
            _ => self.value(what, change),
        };
        if change > 0.0 { format!("+{shown}") } else { shown }
    }

    fn quantity(&self, what: What, value: f64) -> String {
        let unit = self.unit(what);
        if value.abs() >= 1.0e4 {
            format!("{} {}{unit}", number::figure(value / 1.0e4), self.pick("万", "10⁴ "))
        } else {
            format!("{} {unit}", number::figure(value))
        }
    }

    /// Months on stream, with the first month of whichever schedule has so many.
    fn on_stream(&self, project: ProjectId, months: f64) -> String {
        let year = self.of.comparison.year;
        let schedules = self.of.comparison.schedules.iter().map(|schedule| schedule[project.index()]);
        let fits = schedules.filter(|s| f64::from(s.months_on_stream_until(year)) == months);
        let first = fits.filter_map(|s| s.on_stream).find(|_| months > 0.0);
        let from = first.map_or_else(|| self.pick("未投运", "not on stream"), |month| month.to_string());
        format!("{from}, {} {}", number::grouped(months, 0), self.pick("个月", "months"))
    }

    /// What was switched.
    pub(super) fn lever(&self, lever: &Lever) -> String {
        let model = self.of.models[0];
        match lever {
            Lever::Matching => self.pick("配套规则", "the matching rule"),
            Lever::Decision(project) => {
                format!("{} {}", self.pick("是否建、何时建", "decision on"), self.project(*project))
            }
            Lever::Order => self.pick("项目付款次序", "the order in which projects are paid"),
            Lever::Bridge => self.pick("业主垫资比例", "how much owners bridge"),
            Lever::Project(project) => {
                format!(
                    "{} {}",
                    self.pick("项目表和效果表中的", "the tables' rows on"),
                    self.project(*project)
                )
            }
            Lever::Fund(fund) => self.named(&model.funds[*fund].name, &model.funds[*fund].name_en),
            Lever::Demand(material) => {
                let material = &model.materials[*material];
                format!(
                    "{} {}",
                    self.pick("需求", "demand for"),
                    self.named(&material.name, &material.name_en)
                )
            }
            Lever::Activity(technology, process) => {
                let of = technology.map_or_else(
                    || {
                        let process = &model.processes[*process];
                        self.named(&process.name, &process.name_en)
                    },
                    |id| {
                        let technology = &model.technologies[id];
                        self.named(&technology.name, &technology.name_en)
                    },
                );
                format!("{} {of}", self.pick("给定的运行量", "the given activity of"))
            }
            Lever::Process(process) => {
                let process = &model.processes[*process];
                format!("{} {}", self.pick("工序", "process"), self.named(&process.name, &process.name_en))
            }
            Lever::Market(material) => {
                let material = &model.materials[*material];
                format!(
                    "{} {}",
                    self.pick("市场规则", "market rules of"),
                    self.named(&material.name, &material.name_en)
                )
            }
            Lever::Stock(stock) => {
                let stock = &model.stocks[*stock];
                let what = self.pick("在用存量", "what is in use:");
                format!("{what} {}", self.named(&stock.name, &stock.name_en))
            }
            Lever::Statistic(key) => format!("{} {key}", self.pick("统计量", "statistic")),
            Lever::Price(material) => {
                let material = &model.materials[*material];
                format!("{} {}", self.pick("价格", "price of"), self.named(&material.name, &material.name_en))
            }
            Lever::OnStream(project) => {
                let from = |scenario: usize| {
                    let december = crate::calendar::Month::december(self.of.comparison.year);
                    let schedule = self.of.comparison.schedules[scenario][project.index()];
                    schedule.on_stream.filter(|month| *month <= december).map_or_else(
                        || {
                            if schedule.built {
                                self.pick("未投运", "not on stream")
                            } else {
                                self.pick("不建", "not built")
                            }
                        },
                        |month| month.to_string(),
                    )
                };
                format!("{} ({} → {})", self.project(*project), from(0), from(1))
            }
        }
    }

    /// What moves a project that comes on stream at another time: the first cause of its months on stream.
    pub(super) fn because(&self, lever: &Lever) -> Option<String> {
        let Lever::OnStream(project) = lever else { return None };
        let differences = &self.of.comparison.differences;
        let of = differences.iter().find(|difference| difference.what == What::OnStream(*project))?;
        of.causes.first().map(|cause| self.lever(&cause.lever))
    }
}
