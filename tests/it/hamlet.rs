//! A tiny valid model as files in memory, to be patched: one cell changed, one finding expected.

use circflow::diagnostic::Language;
use circflow::input::{InputFile, Loaded, read_files};

/// The files of the hamlet: name and text.
pub(crate) const FILES: [(&str, &str); 15] = [
    (
        "model.toml",
        "id = \"hamlet\"\nname = \"小村\"\nbase_year = 2015\nhorizon = 2018\nillustrative = true\n\
         indicator_sets = [\"ce-2017\"]\n",
    ),
    ("places.csv", "id,name,kind,parent\ncity,市,city,\nnorth,北县,county,city\npark,园区,park,north\n"),
    ("enterprises.csv", "id,name,place\nmine,示例矿,park\nworks,示例砖厂,park\n"),
    (
        "materials.csv",
        "id,name,kind,classes,unit,basis,moisture,density\n\
         rock_in_ground,地下岩石,resource,from_nature,t,,,\nrock,岩石,resource,,t,,,\n\
         spoil,弃渣,waste,general_industrial_solid_waste,t,,,\nbrick,砌砖,product,,m3,,,1.5\n\
         vapour,水汽损失,emission,,t,,,\nmud,淤泥,waste,,t,dry,0.5,\n",
    ),
    (
        "technologies.csv",
        "id,name,driver,treatment,reference,called\nquarry,采石法,level,,rock,\n\
         press,压砖法,both,utilisation,spoil,brick\n",
    ),
    (
        "recipes.csv",
        "technology,role,material,quantity,unit,basis\n\
         quarry,input,rock_in_ground,1.2,,\nquarry,product,rock,1,,\nquarry,byproduct,spoil,0.15,,\n\
         quarry,emission,vapour,rest,,\n\
         press,feed,spoil,1,,\npress,product,brick,0.6,,\npress,emission,vapour,rest,,\n",
    ),
    (
        "processes.csv",
        "id,name,enterprise,technology,capacity,capacity_unit,priority\n\
         dig,采石场,mine,quarry,10,万t/a,\nburn,砖厂一线,works,press,1,万t/a,\n",
    ),
    ("activity.csv", "process,year,level,unit\ndig,2015,8,万t/a\n"),
    ("demand.csv", "material,place,year,quantity,unit\nbrick,city,2015,2,万m3\n"),
    (
        "projects.csv",
        "id,name,class,place,owner,technology,added_capacity,capacity_unit,investment,earliest_start,build_months\n\
         line2,砖厂二线,key,park,works,press,0.5,万t/a,100,2016-01,12\n\
         line3,砖厂三线,general,park,works,press,0.5,万t/a,100,2016-01,12\n",
    ),
    (
        "funds.csv",
        "id,name,level,place,open,eligible_classes,eligible_places\n\
         town,市级资金,municipal,city,no,,\nnorth_fund,北县资金,county,north,no,,\nown,自筹,enterprise,city,yes,,\n",
    ),
    ("duties.csv", "place,fund,amount,due\nnorth,north_fund,300,2016-07-31\n"),
    ("appropriations.csv", "fund,month,amount,state\ntown,2016-03,50,paid_in\n"),
    (
        "financing.csv",
        "project,fund,amount,payment\nline2,town,40,with_progress\nline2,own,60,with_progress\nline3,own,100,\n",
    ),
    ("targets.csv", "indicator,place,year,value\nce2017-07,city,2018,60%\n"),
];

/// The files, one of them replaced or added.
pub(crate) fn with(name: &str, text: &str) -> Vec<InputFile> {
    let mut files: Vec<InputFile> = FILES
        .iter()
        .filter(|(file, _)| *file != name)
        .map(|(file, text)| InputFile::new(*file, text.as_bytes()))
        .collect();
    files.push(InputFile::new(name, text.as_bytes()));
    files
}

/// The text of a file of the hamlet.
pub(crate) fn text(name: &str) -> &'static str {
    FILES.iter().find(|(file, _)| *file == name).expect("a file of the hamlet").1
}

/// The hamlet as it is.
pub(crate) fn sound() -> Loaded {
    read_files(FILES.iter().map(|(file, text)| InputFile::new(*file, text.as_bytes())).collect())
}

/// The hamlet with a text of a file replaced by another, which must be there once.
pub(crate) fn patched(name: &str, from: &str, to: &str) -> Loaded {
    let text = text(name);
    assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in {name}");
    read_files(with(name, &text.replace(from, to)))
}

/// Lines of all findings of a code.
pub(crate) fn lines(loaded: &Loaded, code: &str, language: Language) -> Vec<String> {
    let findings = loaded.findings.0.iter().filter(|finding| finding.code.0 == code);
    findings.map(|finding| finding.line(language)).collect()
}

/// Lines of all errors.
pub(crate) fn errors(loaded: &Loaded) -> Vec<String> {
    use circflow::diagnostic::Severity;
    let errors = loaded.findings.0.iter().filter(|finding| finding.severity() == Severity::Error);
    errors.map(|finding| finding.line(Language::En)).collect()
}
