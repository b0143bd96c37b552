import { Suspense } from "react";
import { Redirect, Route, Switch, useSearch } from "wouter";
import { useProject } from "./api/queries";
import type { PagePath } from "./state/url";
import { ErrorBoundary } from "./ui/ErrorBoundary";
import { ErrorState } from "./ui/ErrorState";
import { Layout } from "./ui/Layout";
import { Page, PageSkeleton } from "./ui/Page";
import { views } from "./views";

/** The frame around whichever page the path names. */
export function App() {
  const project = useProject();
  if (project.error && !project.data) return <ErrorState error={project.error} onRetry={() => void project.refetch()} whole />;
  return (
    <Layout>
      <Switch>
        {(Object.keys(views) as PagePath[]).map((path) => {
          const View = views[path]!;
          return (
            <Route key={path} path={path}>
              <ErrorBoundary key={path}>
                <Suspense fallback={<PageSkeleton />}>
                  <View />
                </Suspense>
              </ErrorBoundary>
            </Route>
          );
        })}
        <Route path="/">
          <Start />
        </Route>
        <Route>
          <Page title="No such page" lead="The address names a page that this project does not have. The sidebar lists all there are." />
        </Route>
      </Switch>
    </Layout>
  );
}

/** Metrics of the model, or the images as long as there is no model. */
function Start() {
  const project = useProject();
  const search = useSearch();
  if (!project.data) return <PageSkeleton />;
  const path = project.data.models.length > 0 ? "/model/metrics" : "/data/summary";
  return <Redirect to={search ? `${path}?${search}` : path} replace />;
}
