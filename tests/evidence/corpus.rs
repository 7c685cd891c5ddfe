//! Small articles in three languages, and folders with claims about them.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mizan::check::{Inputs, Options, Report, run};
use mizan::claims::json_schema;
use mizan::evidence::Coverage;
use mizan::finding::{Finding, Severity};
use mizan::report::concise;
use mizan::rulebook;
use mizan::text::yaml::{self, Node};
use mizan::text::{FileId, SourceMap};

pub(crate) const RULES: &str = "
entities:
  harbour: {labels: {ar: الميناء, fr: le port, en: harbour}}
units:
  \"%\": share
  m: measured
  km: {kind: measured, labels: {en: kilometre}, equals: 1000 m}
  ha: {kind: measured, labels: {en: hectare}}
measures:
  ships: {kind: flow, unit: ship, labels: {ar: سفينة, fr: navires, en: ships}}
  sailors: {kind: stock, unit: sailor, labels: {ar: بحار, fr: marins, en: sailors}}
  cranes: {kind: stock, unit: crane, labels: {ar: رافعة, fr: grues, en: cranes}}
  quay: {kind: stock, unit: km, labels: {en: quay}}
  usage: {kind: stock, unit: \"%\", labels: {en: in use}}
  fair: {kind: ordinal, entity: harbour, labels: {ar: المعرض, fr: foire, en: fair}}
  opening: {kind: event}
dimensions:
  side: {values: [north, south], labels: {north: {fr: nord}}}
";

pub(crate) const ENGLISH: &str = "The harbour in 2024\n\nThe harbour received more than 1,200 ships in 2024, up 12.5% from the year before. \
The north side has 14 cranes and the south side 9. Its 3rd fair opened in May 2024. \
In 2019 the quay was 4 km long. A new crane will join the 14 cranes soon.\n";

pub(crate) const ARABIC: &str = "استقبل الميناء خلال سنة 2024 أزيد من 1.200.500 راكب و19 ألف سفينة، ويشتغل به خمسة وعشرون بحارا.\n\
فتح رافعتين جديدتين بالرصيف الشمالي.\n";

pub(crate) const FRENCH: &str = "En 2024, le port a reçu près de 1 200 navires et emploie vingt-quatre marins.\n\
La 12e foire s’est tenue du 3 au 5 mai 2024.\n";

/// A folder with a rulebook, files of claims and articles.
pub(crate) struct Corpus {
    folder: tempfile::TempDir,
}

impl Corpus {
    pub(crate) fn new(claims: &[(&str, &str)], articles: &[(&str, &[u8])]) -> Self {
        let corpus = Self { folder: tempfile::tempdir().unwrap() };
        corpus.write("rules/rules.yaml", RULES.as_bytes());
        for (name, text) in claims {
            corpus.write(&format!("claims/{name}"), text.as_bytes());
        }
        for (name, text) in articles {
            corpus.write(&format!("articles/{name}"), text);
        }
        corpus
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    pub(crate) fn report(&self, with_articles: bool) -> Report {
        let mut files = vec![self.path().join("rules/rules.yaml")];
        let claims = fs::read_dir(self.path().join("claims")).unwrap();
        files.extend(claims.map(|entry| entry.unwrap().path()));
        let inputs = Inputs { root: self.path().to_path_buf(), files, unread: Vec::new() };
        let articles = with_articles.then(|| self.path().join("articles"));
        run(&inputs, &Options { articles, ..Options::default() }).unwrap()
    }

    pub(crate) fn mizan(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_mizan")).args(arguments).current_dir(self.path()).output().unwrap()
    }
}

/// The report on claims about one article, of 2024 and published at its end.
pub(crate) fn about(article: &str, claims: &str) -> Report {
    corpus_about(article, claims).report(true)
}

pub(crate) fn corpus_about(article: &str, claims: &str) -> Corpus {
    let file = format!(
        "source: {{text: a.txt, published: 2024-12}}\ndefaults: {{entity: harbour, period: 2024}}\nclaims:\n{claims}"
    );
    Corpus::new(&[("a.yaml", &file)], &[("a.txt", article.as_bytes())])
}

/// What evidence says, coverage left out.
pub(crate) fn evidence(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| matches!(finding.code.0, 101..=104 | 106)).collect()
}

/// The one thing that evidence says of a claim about the English article.
pub(crate) fn fault(claim: &str) -> (String, Severity, String) {
    let report = about(ENGLISH, &format!("  - {{{claim}}}\n"));
    let found = evidence(&report);
    let [finding] = found.as_slice() else { panic!("{claim}: {}", concise::render(&report)) };
    (finding.code.to_string(), finding.severity, finding.message.clone())
}

pub(crate) fn is_silent(article: &str, claim: &str) {
    let report = about(article, &format!("  - {{{claim}}}\n"));
    assert!(evidence(&report).is_empty(), "{claim}: {}", concise::render(&report));
    assert!(report.findings.iter().all(|f| f.severity < Severity::Error), "{}", concise::render(&report));
}

pub(crate) fn coverage(report: &Report) -> Coverage {
    report.summary.evidence.unwrap()
}

/// The claims of a file, those of lists too, whose keys do not stand in the order of the schema, by their keys.
pub(crate) fn misplaced(file: &str) -> Vec<Vec<String>> {
    let mut map = SourceMap::default();
    let rules = map.add("rules.yaml".into(), RULES.into());
    let schema = json_schema::claims(&rulebook::read(&[rules], &map).vocabulary);
    let order: Vec<&String> = schema["$defs"]["claim"]["properties"].as_object().unwrap().keys().collect();
    let root = yaml::parse(FileId::default(), file).root.unwrap();
    let mut open: Vec<&Node> = root.get("claims").unwrap().as_sequence().unwrap_or_default().iter().collect();
    let mut wrong = Vec::new();
    while let Some(claim) = open.pop() {
        let keys: Vec<&str> = claim.as_mapping().unwrap().iter().map(yaml::Entry::key).collect();
        let lists = ["parts", "among"].iter().filter_map(|list| claim.get(list));
        open.extend(lists.flat_map(|list| list.as_sequence().unwrap()));
        if !keys.iter().map(|key| order.iter().position(|known| known == key)).is_sorted() {
            wrong.push(keys.into_iter().map(str::to_owned).collect());
        }
    }
    wrong
}
