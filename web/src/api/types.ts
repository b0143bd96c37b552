/** What the server answers, by the names the pages use. All from `schema.d.ts`, which is generated (`make contract`). */

import type { components } from "./schema";

export type Schemas = components["schemas"];

export type AcquisitionPage = Schemas["AcquisitionPage"];
export type AcquisitionSample = Schemas["AcquisitionSample"];
export type BinnedRate = Schemas["BinnedRate"];
export type ClassScores = Schemas["ClassScores"];
export type ConfusedPair = Schemas["ConfusedPair"];
export type ConfusionMatrix = Schemas["ConfusionMatrix"];
export type DeduplicatedEvaluation = Schemas["DeduplicatedEvaluation"];
export type DuplicateGroup = Schemas["DuplicateGroup"];
export type DuplicateReport = Schemas["DuplicateReport"];
export type DuplicateSample = Schemas["DuplicateSample"];
export type Estimate = Schemas["Estimate"];
export type Evaluation = Schemas["Evaluation"];
export type Decision = Schemas["Decision"];
export type Field = Schemas["FieldInfo"];
export type FieldHistogram = Schemas["FieldHistogram"];
export type FieldValues = Schemas["FieldValues"];
export type ImportFinding = Schemas["ImportFinding"];
export type ImportSummary = Schemas["ImportSummary"];
export type Importance = Schemas["ImportanceReport"];
export type Job = Schemas["Job"];
export type LabelError = Schemas["LabelError"];
export type LabelErrors = Schemas["LabelErrors"];
export type MetricImportance = Schemas["MetricImportance"];
export type MetricPerformance = Schemas["MetricPerformance"];
export type ModelPerformance = Schemas["ModelPerformance"];
export type Project = Schemas["ServedProject"];
export type Sample = Schemas["Sample"];
export type SampleDetail = Schemas["SampleDetail"];
export type SamplePage = Schemas["SamplePage"];
export type SimilarPage = Schemas["SimilarPage"];
export type SimilarSample = Schemas["SimilarSample"];
export type Slice = Schemas["Slice"];
export type SliceReport = Schemas["SliceReport"];
export type TagChange = Schemas["TagChange"];

export type Interval = [number, number];
export type Outcome = NonNullable<Sample["outcome"]>;
export type MissingPolicy = Evaluation["missing_policy"];
export type LabelVersion = "given" | "corrected";

export type Comparison = Schemas["Comparison"];
export type MetricOutliers = Schemas["MetricOutliers"];
export type OutlierReport = Schemas["OutlierReport"];
