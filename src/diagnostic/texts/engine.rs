//! Texts about the material engine (E3xx, W3xx, N3xx).

use super::Text;
use crate::diagnostic::Severity::{Error, Note, Warning};

pub(super) static TEXTS: &[Text] = &[
    Text {
        code: "E301",
        severity: Error,
        zh: "工序 {process} 与 {others} 在同一级中竞争，其中 {uncapped} 没有产能上限，所以必须给出 {process} 的份额 share",
        en: "process {process} competes in one tier with {others}; {uncapped} has no capacity, so the share of {process} must be given",
        explain_zh: "同一市场中优先级相同的工序按份额一起增长，份额缺省为产能。其中一个没有产能上限时，份额无从缺省，\
                     程序不会替您猜。请给每个成员填 share（按各自活动量的单位），或给该工序填产能，或改变其中一个的优先级。\
                     项目带来的工序没有 share 一格，遇到它时请给没有产能的工序填产能。",
        explain_en: "Processes of equal priority in one market grow together in proportion to their shares, and a share \
                     defaults to the capacity. Where one of them has no capacity there is no default, and the program does \
                     not guess. Give every member a share (in its own unit of activity), give that process a capacity, or \
                     change the priority of one of them. A process that a project brings has no cell for a share: there, \
                     give the other one a capacity.",
    },
    Text {
        code: "E302",
        severity: Error,
        zh: "{year} 年循环 {loop} 没有出口（每遍迭代的增益 {gain}）：进入的物料只能一直转下去",
        en: "in {year} the loop {loop} has no outlet (gain per sweep {gain}): what enters can only go round for ever",
        explain_zh: "这几个工序彼此供料，绕一圈回来的量与出发的量相等，又没有别的去处，所以没有稳定的答案，程序不给数字。\
                     请给循环一个出口：损耗、外销、堆存、产能上限，或检查配方系数与回用份额。",
        explain_en: "These processes feed each other, as much comes back after one turn as went out, and there is no other \
                     way out: no steady answer exists, and the program gives no number. Give the loop an outlet (a loss, an \
                     export, storage, a capacity), or check the coefficients and the shares that are recycled.",
    },
    Text {
        code: "E303",
        severity: Error,
        zh: "{year} 年循环 {loop} 越转越大（每遍迭代的增益 {gain}，大于 1）",
        en: "in {year} the loop {loop} grows with every turn (gain per sweep {gain}, above 1)",
        explain_zh: "绕一圈回来的量大于出发的量，又没有产能把它限住。通常是配方系数的单位或分母写错，也可能真的缺一个产能上限。\
                     增益是迭代一遍的放大倍数（起作用分支矩阵的谱半径）；同级的几个工序要几遍才转完一圈，一圈的倍数是它的几次方。",
        explain_en: "More comes back after one turn than went out, and no capacity stops it. Usually a coefficient has the \
                     wrong unit or denominator; or a capacity is really missing. The gain is the factor of one sweep (the \
                     spectral radius of the active-branch matrix); processes of one tier need several sweeps for a turn, \
                     whose factor is that power of it.",
    },
    Text {
        code: "E304",
        severity: Error,
        zh: "{year} 年循环 {loop} 中的活动量超过同量纲最大给定流量的 10⁶ 倍（每遍迭代的增益 {gain}）",
        en: "in {year} an activity in the loop {loop} passed 10⁶ × the largest given flow of its dimension (gain per sweep {gain})",
        explain_zh: "循环中的量远远超出城市里任何给定的量，不可能是真实的答案。请检查循环各工序的系数，并给其中一个填产能。",
        explain_en: "The amounts in the loop are far beyond anything given in the city and cannot be a real answer. Check the \
                     coefficients of its processes and give one of them a capacity.",
    },
    Text {
        code: "E305",
        severity: Error,
        zh: "{year} 年循环 {loop} 不收敛（每遍迭代的增益 {gain}）：步长减半四次后仍不稳定",
        en: "in {year} the loop {loop} does not settle (gain per sweep {gain}), not even with the step halved four times",
        explain_zh: "一年的答案定义为对循环逐级迭代的极限。这里迭代了一千遍仍未稳定：要么来回摆动（几个工序互相抢料又互相供料），\
                     要么循环有五百个以上的未知数、收敛极慢。请改变其中一个的优先级，把它的驱动改为 level，或把大循环拆开。",
        explain_en: "A year is defined as the limit of sweeps over the loop. After a thousand of them it still \
                     moves: either it swings to and fro, because processes that feed each other also take from each other, or \
                     it has more than five hundred unknowns and creeps. Change the priority of one of them, drive it by level, \
                     or cut a large loop into smaller ones.",
    },
    Text {
        code: "E306",
        severity: Error,
        zh: "{material} 在 {place} 的市场给了进口限额，但只有全市的市场能从外部调入",
        en: "the market of {material} at {place} has an import limit, but only the market of the whole city imports",
        explain_zh: "下级市场的缺口总是先向上级市场要，最后由全市的市场从外部调入。请把进口限额写在全市一行，或删去这一格。",
        explain_en: "What a lower market lacks is asked of the market above, and only the city's own market brings in from \
                     outside. Write the import limit in the city's row, or clear the cell.",
    },
    Text {
        code: "E307",
        severity: Error,
        zh: "工序 {process} 的配方里没有基准行",
        en: "the recipe of process {process} lacks the row its activity is counted in",
        explain_zh: "活动量以基准行（reference）的单位计量，因此配方至少要有这一行。",
        explain_en: "Activity is counted in units of the reference row, so the recipe must hold at least that row.",
    },
    Text {
        code: "E308",
        severity: Error,
        zh: "[[{year} 年]]工序 {process} 的配方在项目生效后无法配平：剩余行 {material} 为负或没有质量",
        en: "[[in {year} ]]the recipe of process {process} no longer closes after projects' effects: the rest row {material} \
             is negative or has no mass",
        explain_zh: "项目改变系数之后，剩余行（rest）重新承担其余质量。它若变成负数，说明改变后的产出比投入还重。请检查该项目的效果行。",
        explain_en: "After projects have changed coefficients, the rest row takes what mass is left. When it would be negative, \
                     more comes out than goes in. Check the effects of the project.",
    },
    Text {
        code: "E309",
        severity: Error,
        zh: "[[{year} 年]]工序 {process} 的基准行数量为零",
        en: "[[in {year} ]]the reference row of process {process} is zero",
        explain_zh: "活动量以基准行的单位计量，基准行不能为零。请检查配方和项目对它的效果。",
        explain_en: "Activity is counted in units of the reference row, which must not be zero. Check the recipe and what \
                     projects do to it.",
    },
    Text {
        code: "E310",
        severity: Error,
        zh: "[[{year} 年]]工序 {process} 的配方在项目生效后不再配平：投入 {entering} t，产出 {leaving} t",
        en: "[[in {year} ]]the recipe of process {process} no longer closes after projects' effects: {entering} t enter, \
             {leaving} t leave",
        explain_zh: "配方没有剩余行（rest），项目改变其中一行，质量就凭空增减。给配方加一行 rest（在最大的排放或空气行上），\
                     或让项目同时改变另一行，或声明该工序允许不平衡（open）。",
        explain_en: "The recipe has no `rest` row, so a project that changes one row makes mass appear or vanish. Give the \
                     recipe a `rest` row (on its largest emission or air row), let the project change another row too, or \
                     declare the process open.",
    },
    Text {
        code: "E311",
        severity: Error,
        zh: "贮存工序 {process} 除主料外还有物质 {material}：贮存只把主料放进堆存，没有产品",
        en: "the storage process {process} has, besides its feed, the material {material}: storage only puts its feed into the \
             stock and has no product",
        explain_zh: "贮存的主料全部进入该市场的堆存；再有产品或排放，质量就被算了两次。要产出产品的请用综合利用或处理，\
                     只把余下的存起来则不需要工序，市场本身会贮存。",
        explain_en: "All of a storage process's feed goes into the stock of its market; a product or emission besides would count \
                     mass twice. Use utilisation or treatment for what makes something; to keep what is left over no process is \
                     needed, the market stores by itself.",
    },
    Text {
        code: "E312",
        severity: Error,
        zh: "情景 {scenario} 改变了模型的结构，不能与其他情景一起运行",
        en: "the scenario {scenario} changes the structure of the model and cannot be run beside the others",
        explain_zh: "各情景共用一个网络：工序、配方的行、市场和它们的出路在所有情景里必须相同，只有数值可以不同。\
                     请把结构的不同做成另一个模型文件夹，或用产能、限额、系数的数值来表达。",
        explain_en: "All scenarios share one network: processes, rows of recipes, markets and their exits must be the same in \
                     all of them, only numbers may differ. Put another structure into a model folder of its own, or say it by \
                     capacities, limits or coefficients.",
    },
    Text {
        code: "E313",
        severity: Error,
        zh: "在用存量“{stock}”在 {years} 年降得比老化还快（第一年有 {percent}% 要提前退出），它的 falling 是 refused",
        en: "the in-use stock “{stock}” falls faster than it ages in {years} ({percent} % would leave early in the first), and its `falling` is refused",
        explain_zh: "给定的年末存量低于各批按寿命还剩的数量。请核对存量，或把 falling 改为 leaves_early。",
        explain_en: "The stock given is below what its cohorts leave by their lifetime. Check the figures, or set `falling` to leaves_early.",
    },
    Text {
        code: "E320",
        severity: Error,
        zh: "{year} 年没有观测，没有可以协调的",
        en: "nothing was measured in {year}: there is nothing to reconcile",
        explain_zh: "请在 measurements（观测）表里填企业上报、市场统计或实测的数；年份空着就是基年。",
        explain_en: "Fill the table `measurements` with returns of enterprises, totals of markets or measured figures; an empty year \
                     is the base year.",
    },
    Text {
        code: "E321",
        severity: Error,
        zh: "{year} 年的下列平衡与精确的数互相矛盾，怎么调整都不能同时成立：{balances_zh}",
        en: "in {year} these balances and exact figures contradict each other, however the rest is adjusted: {balances}",
        explain_zh: "没有写 ± 的配方系数、写了 ±0 的观测和不带 ± 的成分都算精确的数。所列的是最小的一组：去掉其中任何一条就不再矛盾。\
                     请给其中把握最小的数写上 ±。",
        explain_en: "Recipe coefficients without ±, measurements with ±0 and contents without ± count as exact. The set is a smallest \
                     one: without any one of them the contradiction is gone. Give the figure you trust least a ±.",
    },
    Text {
        code: "E322",
        severity: Error,
        zh: "{year} 年的观测没有找到协调的解；离成立最远的平衡：{balances_zh}",
        en: "no reconciled values were found for {year}; the balance furthest from holding: {balances}",
        explain_zh: "多半是成分或单耗与流量的数相差几个数量级。请先检查单位（万t 与 t），再检查所列平衡里的数。",
        explain_en: "Mostly a content or a coefficient is orders of magnitude from what the flows say. Check units first (万t against \
                     t), then the figures of that balance.",
    },
    Text {
        code: "E340",
        severity: Error,
        zh: "模型里没有项目，无从选择",
        en: "the model has no project: there is nothing to choose",
        explain_zh: "optimise 从 projects（项目）表里选；请先填写项目和它们的资金来源（financing）。",
        explain_en: "`optimise` chooses among the rows of `projects`; fill in projects and who pays for them (`financing`) first.",
    },
    Text {
        code: "E341",
        severity: Error,
        zh: "“{found}”不是可以设为硬约束的目标；有：{known}",
        en: "“{found}” is no target that can be made hard; there are: {known}",
        explain_zh: "写成 指标、指标:地点 或 指标:地点:年份，都取自 targets（目标）表中规划期内的行；all 表示全部。",
        explain_en: "Write INDICATOR, INDICATOR:PLACE or INDICATOR:PLACE:YEAR of a row of `targets` within the horizon; all for all of them.",
    },
    Text {
        code: "E342",
        severity: Error,
        zh: "模型没有规划期内可以判定的目标，不能按达标数或差距选择",
        en: "the model has no target within the horizon that can be judged: targets met and shortfall mean nothing",
        explain_zh: "在 targets（目标）表里给出基年以后的目标，或改用别的 --objective：tonnes、public-money、total-cost、jobs。",
        explain_en: "Give targets of years after the base year in `targets`, or ask for another --objective: tonnes, public-money, total-cost or jobs.",
    },
    Text {
        code: "W301",
        severity: Warning,
        zh: "工序 {process} 在 {years} 年的给定活动量 {level} 超过产能 {capacity}，已按产能截断",
        en: "the given level {level} of process {process} is above its capacity {capacity} in {years}: cut at capacity",
        explain_zh: "产能包括已投产项目新增的部分，投产当年按月数折算。请检查活动量，或检查扩产项目是否按期投产。",
        explain_en: "Capacity includes what projects on stream have added, in their first year by months. Check the level, or \
                     whether the project that adds capacity comes on stream in time.",
    },
    Text {
        code: "W302",
        severity: Warning,
        zh: "循环 {loop} 在 {years} 年有 {count} 个可能的答案：本次结果 {answer}；从别处出发得到 {other}",
        en: "the loop {loop} has {count} answers in {years}: this run gives {answer}; from another start it ends at {other}",
        explain_zh: "这几个工序互相挤占原料或市场（例如煤矸石制砖与煤矸石发电），一方先占住就能一直占住。\
                     程序按定义从上一年的状态出发（首年从零出发），所以仍给出一个确定的答案；另一个答案同样满足全部平衡。\
                     引用这些年份的数字时请一并说明，或用优先级、份额、level 把选择写明。",
        explain_en: "These processes displace each other in a feed or a market (gangue brick and gangue power, for example): \
                     the one that runs keeps running. By definition the run starts from last year's state (the first year from \
                     zero), so it gives one definite answer; the other satisfies every balance as well. Say so when you quote \
                     figures of these years, or state the choice by priority, share or level.",
    },
    Text {
        code: "W303",
        severity: Warning,
        zh: "{material} 在 {place} 的出口有限额，但没有说明剩余的去处，按堆存处理",
        en: "export of {material} at {place} is limited but no sink is given: what remains is stored",
        explain_zh: "超过出口限额的剩余必须有去处：storage 堆存、disposal 处置或 discharge 排放。没有填写时按堆存处理，并计入库存。",
        explain_en: "What exceeds the export limit must go somewhere: storage, disposal or discharge. Without a sink it is \
                     stored and added to the market's stock.",
    },
    Text {
        code: "W304",
        severity: Warning,
        zh: "{material} 在 {place} 的市场给了“{column}”，但它不起作用：{why_zh}",
        en: "the market of {material} at {place} has “{column}”, which does nothing: {why}",
        explain_zh: "市场的剩余先上送，再调出，最后进入归宿；只有全市的市场、留在本地的市场和上送有限额的市场才有自己的出口。\
                     请补上 keep_local 或 pass_up_limit，或删去这一格。取用上限和取用比例同时给出时只用上限。",
        explain_en: "A market passes its surplus up first, then exports, then uses its sink; only the city's own market, one that \
                     keeps local, and one limited in passing up have exits of their own. Add keep_local or pass_up_limit, or \
                     clear the cell. Where a reclaim limit and a reclaim share are both given, the limit stands.",
    },
    Text {
        code: "W305",
        severity: Warning,
        zh: "{material} 在 {place} 的需求从 {first} 年才有，此前按零计",
        en: "demand for {material} at {place} is given from {first} on; before that it counts as zero",
        explain_zh: "需求在给定的年份之间按直线取值，最后一年之后保持，第一年之前没有。若此前也有需求，请补上基年的一行；\
                     若确实没有，请写一行 0。",
        explain_en: "Demand is linear between given years and held after the last; before the first there is none. If there was \
                     demand before, add a row for the base year; if there was none, write a row of 0.",
    },
    Text {
        code: "W306",
        severity: Warning,
        zh: "在用存量“{stock}”在 {years} 年降得比老化还快：第一年有 {percent}% 提前退出",
        en: "the in-use stock “{stock}” falls faster than it ages in {years}: {percent} % of it leave early in the first of these years",
        explain_zh: "给定的年末存量低于各批按寿命还剩的数量；当年不投入，各批按同一比例提前退出。",
        explain_en: "The stock given is below what its cohorts leave by their lifetime; nothing enters in the year and all cohorts leave early in one proportion.",
    },
    Text {
        code: "W321",
        severity: Warning,
        zh: "模型里 {year} 年没有这样的 {material}，这条观测没有用上",
        en: "in the model nothing of the kind happens with {material} in {year}: this measurement was not used",
        explain_zh: "工序当年不运行，或市场当年没有这样的出入。请检查活动量、投产年份和市场规则，或检查观测的年份和项。",
        explain_en: "The process does not run in that year, or the market has no such exchange. Check the activity, the years of the \
                     process and the market's rules, or the year and the kind of the measurement.",
    },
    Text {
        code: "N320",
        severity: Note,
        zh: "各情景从协调后的 {year} 年出发：换了 {activities} 个活动量、{demands} 个最终需求、{coefficients} 个配方系数；可疑的观测 \
             {suspects} 个，{treated_zh}",
        en: "the scenarios start from the reconciled year {year}: {activities} activities, {demands} final demands and \
             {coefficients} recipe rows were replaced; {suspects} suspect measurements {treated}",
        explain_zh: "模型的表没有改动，只有这次运行用协调后的值。以后各年已给出的数照旧，按增长率推算或保持不变的从协调后的值往后算。\
                     推不出的数仍用表里的。",
        explain_en: "The tables stay as they are; this run alone uses the reconciled values. Figures given for later years stand, what \
                     grows or is held goes on from the reconciled value, and what does not follow from the measurements stays as in \
                     the tables.",
    },
    Text {
        code: "N301",
        severity: Note,
        zh: "循环 {loop} 很大：检查多个答案时只从 {all} 个起点中的 {tried} 个出发",
        en: "the loop {loop} is large: of {all} starts {tried} were tried in the search for other answers",
        explain_zh: "对每个循环，程序还从零、从产能、以及各成员单独开或单独关出发，看是否到达别的答案。\
                     成员超过 200 个时只抽取均匀分布的一部分成员，因此没有发现别的答案不等于证明只有一个。",
        explain_en: "Every loop is also started from zero, from capacity, and with each member alone on and alone off, to see \
                     whether it ends elsewhere. With more than 200 members an evenly spaced part of them is tried: finding no \
                     other answer is then no proof that there is only one.",
    },
    Text {
        code: "N302",
        severity: Note,
        zh: "循环 {loop} 在 {years} 年检查多个答案时，{tried} 个起点中有 {unsettled} 个没有收敛",
        en: "the loop {loop}: in {years}, of {tried} starts tried in the search for other answers {unsettled} did not settle",
        explain_zh: "本次结果是收敛的，满足全部平衡；但从这些起点出发没有收敛到任何答案，所以不能由此证明答案只有一个。",
        explain_en: "The run's own answer settled and satisfies every balance; from these starts no answer was reached, so they \
                     are no proof that there is only one.",
    },
];
