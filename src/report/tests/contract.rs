//! The contract of JSON.

use super::*;

/// One error with everything that JSON has.
fn proved() -> Report {
    let mut made = Made::new();
    let file = made.file("claims/a.yaml", "claims:\n  - quote: نحو 4 فقط\n    value: 4\n");
    let source = made.source("a", file);
    let claim = made.claim(source, "a/x/m@2024", "4", "نحو 4 فقط");
    let mut finding = Finding::new(Code(207), Severity::Error, "4 cannot be").on(claim, Key::Quote, "");
    let constraints = vec![Linear::falsehood().into()];
    let proof = Proof { steps: Vec::new(), end: Ending::Leaf(0) };
    finding.reasons.push(Reason {
        claims: vec![claim],
        rules: Vec::new(),
        steps: vec!["0 is not 4".into()],
        assumptions: Vec::new(),
        certificate: Some(Certificate { constraints, integral: Vec::new(), proof }),
    });
    made.report.findings.push(finding);
    made.report
}

/// What JSON has before and from `findings` on.
fn halves(report: &Report) -> (String, String) {
    let json = json::render(report);
    let (summary, findings) = json.split_once("  \"findings\"").unwrap();
    (summary.to_owned(), findings.to_owned())
}

#[test]
fn json_begins_with_the_summary() {
    assert_snapshot!(halves(&proved()).0, @r#"
    {
      "format": 1,
      "whole": true,
      "summary": {
        "sources": 0,
        "origins": 0,
        "claims": 0,
        "refused": 0,
        "set_aside": 0,
        "rules": 0,
        "instances": {
          "holds": 0,
          "consistent": 0,
          "tension": 0,
          "contradiction": 0,
          "undecided": 0
        },
        "joint": {
          "errors": 0,
          "tensions": 0,
          "undecided": 0
        },
        "errors": 1,
        "warnings": 0,
        "notes": 0,
        "allowed": 0,
        "evidence": null
      },
    "#);
}

#[test]
fn json_has_the_contract() {
    assert_snapshot!(halves(&proved()).1, @r#"
    : [
        {
          "code": "MZ207",
          "rule": null,
          "severity": "error",
          "message": "4 cannot be",
          "expected": null,
          "found": null,
          "claims": [
            "a/x/m@2024"
          ],
          "locations": [
            {
              "path": "claims/a.yaml",
              "line": 2,
              "column": 12,
              "end_line": 2,
              "end_column": 21,
              "label": ""
            }
          ],
          "evidence": [],
          "help": null,
          "proposals": [],
          "repairs": [],
          "reasons": [
            {
              "fingerprint": "1c8470b5e6704535",
              "claims": [
                "a/x/m@2024"
              ],
              "steps": [
                "0 is not 4"
              ],
              "assumptions": [],
              "certificate": {
                "integral": [],
                "constraints": [
                  {
                    "terms": [],
                    "relation": "<=",
                    "bound": "-1"
                  }
                ],
                "proof": [
                  {
                    "steps": [],
                    "end": {
                      "leaf": 0
                    }
                  }
                ]
              }
            }
          ],
          "allowed": null,
          "sources": 1,
          "origins": 1,
          "fingerprint": "1c8470b5e6704535"
        }
      ]
    }
    "#);
}

#[test]
fn json_says_who_allows_and_joins_the_proposals() {
    let json: serde_json::Value = serde_json::from_str(&json::render(&districts())).unwrap();
    let first = &json["findings"][0];
    assert_eq!(first["rule"], "districts-roll-forward");
    assert_eq!(first["help"], "457 → 458 or more · 454 → 453 · one closure in 2024");
    assert_eq!(first["locations"][2]["path"], "claims/far-2023.yaml");
    assert_eq!(json["findings"][1]["allowed"]["by"], "s.alami");
    assert_eq!([&json["summary"]["allowed"], &json["summary"]["notes"]], [1, 0]);
}
