/** Every page, loaded when it is first shown. A new page is a folder here and a line below. */

import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { PagePath } from "../state/url";

export const views: Partial<Record<PagePath, LazyExoticComponent<ComponentType>>> = {
  "/data/summary": lazy(() => import("./data-summary/DataSummary")),
  "/data/explorer": lazy(() => import("./explorer/Explorer")),
  "/data/duplicates": lazy(() => import("./data-duplicates/DataDuplicates")),
  "/label/summary": lazy(() => import("./label-summary/LabelSummary")),
  "/label/explorer": lazy(() => import("./explorer/Explorer")),
  "/label/review": lazy(() => import("./label-review/LabelReview")),
  "/model/metrics": lazy(() => import("./model-metrics/ModelMetrics")),
  "/model/by-metric": lazy(() => import("./model-by-metric/ModelByMetric")),
  "/model/map": lazy(() => import("./model-map/ModelMap")),
  "/model/explorer": lazy(() => import("./explorer/Explorer")),
  "/model/compare": lazy(() => import("./model-compare/ModelCompare")),
};
