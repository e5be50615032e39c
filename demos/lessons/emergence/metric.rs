//! The metrics, as the flag names them.

use concepts::emergence::Metric;

/// Name and metric, in the order of the table.
pub(crate) const METRICS: &[(&str, Metric)] = &[
    ("exact", Metric::ExactMatch),
    ("choice", Metric::MultipleChoice),
    ("errors", Metric::TokenErrors),
    ("brier", Metric::Brier),
    ("log-likelihood", Metric::LogLikelihood),
];

/// The name of a metric.
pub(crate) fn name(metric: Metric) -> &'static str {
    METRICS.iter().find(|(_, known)| *known == metric).map_or("", |(name, _)| name)
}
