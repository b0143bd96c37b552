/** Every page. They are one script, since many small ones take longer to load than it; the map, which brings Apache Arrow, is loaded when it is first shown. */

import { type ComponentType, lazy } from "react";
import type { PagePath } from "../state/url";
import DataDuplicates from "./data-duplicates/DataDuplicates";
import DataSummary from "./data-summary/DataSummary";
import Explorer from "./explorer/Explorer";
import LabelReview from "./label-review/LabelReview";
import LabelSummary from "./label-summary/LabelSummary";
import ModelByMetric from "./model-by-metric/ModelByMetric";
import ModelCompare from "./model-compare/ModelCompare";
import ModelMetrics from "./model-metrics/ModelMetrics";

export const views: Partial<Record<PagePath, ComponentType>> = {
  "/data/summary": DataSummary,
  "/data/explorer": Explorer,
  "/data/duplicates": DataDuplicates,
  "/label/summary": LabelSummary,
  "/label/explorer": Explorer,
  "/label/review": LabelReview,
  "/model/metrics": ModelMetrics,
  "/model/by-metric": ModelByMetric,
  "/model/map": lazy(() => import("./model-map/ModelMap")),
  "/model/explorer": Explorer,
  "/model/compare": ModelCompare,
};
