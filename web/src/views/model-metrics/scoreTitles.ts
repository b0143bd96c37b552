/** Names and values of the scores for people, in the order in which they are listed. */

import type { Estimate } from "../../api/types";
import { formatInterval, formatPercent, formatRate } from "../../ui/format";

export const HEADLINE = ["accuracy", "precision_macro", "recall_macro", "f1_macro"] as const;

export const SCORE_TITLES: Record<string, string> = {
  accuracy: "Accuracy",
  precision_macro: "Mean precision",
  recall_macro: "Mean recall",
  f1_macro: "Mean F1",
  precision_weighted: "Weighted precision",
  recall_weighted: "Weighted recall",
  f1_weighted: "Weighted F1",
  balanced_accuracy: "Balanced accuracy",
  matthews_corrcoef: "Matthews correlation",
  cohen_kappa: "Cohen's kappa",
  top_k_accuracy: "Top-k accuracy",
  roc_auc_ovr: "ROC AUC, one against the rest",
  average_precision_macro: "Mean average precision",
  log_loss: "Log loss",
  brier_score: "Brier score",
  expected_calibration_error: "Expected calibration error",
  adaptive_calibration_error: "Adaptive calibration error",
};

/** "average_precision_macro" → its title, or the name in words. */
export function scoreTitle(name: string): string {
  const words = name.replaceAll("_", " ");
  return SCORE_TITLES[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Shares of samples that are right, which people tell in percent. */
const PERCENT = new Set(["accuracy", "balanced_accuracy", "top_k_accuracy"]);

/** A score and its interval among others: accuracies in percent, the rest with three digits, as the report has them. */
export function formatScore(name: string, estimate: Estimate): { value: string; interval: string } {
  if (PERCENT.has(name)) return { value: formatPercent(estimate.value), interval: formatInterval(estimate, "percent") };
  return { value: formatRate(estimate.value, 3), interval: formatInterval(estimate, "rate", 3) };
}

/** Names in the order of the titles, others after them. */
export function inOrder(names: readonly string[]): string[] {
  const order = Object.keys(SCORE_TITLES);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return names.toSorted((first, second) => place(first) - place(second) || first.localeCompare(second));
}
