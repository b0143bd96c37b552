import { Drawer } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { type ReactNode, useEffect } from "react";
import { useLocation } from "wouter";
import classes from "./Layout.module.css";
import { KeyboardSheet } from "./KeyboardSheet";
import { Sidebar } from "./Sidebar";
import { TopBar } from "./TopBar";

/** Sidebar, top bar and the page between them. */
export function Layout({ children }: { children: ReactNode }) {
  const [drawerOpen, drawer] = useDisclosure(false);
  const [sheetOpen, sheet] = useDisclosure(false);
  const [path] = useLocation();
  useEffect(drawer.close, [path]); // eslint-disable-line react-hooks/exhaustive-deps
  useHotkeys([["shift+?", sheet.toggle], ["?", sheet.toggle]], ["INPUT", "TEXTAREA", "SELECT"]);
  return (
    <div className={classes.frame}>
      <a href="#page" className={classes.skip} onClick={focusPage}>
        To the page
      </a>
      <div className={classes.sidebar}>
        <Sidebar />
      </div>
      <Drawer opened={drawerOpen} onClose={drawer.close} size={240} padding={0} styles={{ header: { padding: "8px 16px" } }} title="misnomer" closeButtonProps={{ "aria-label": "Close the menu" }}>
        <Sidebar inDrawer />
      </Drawer>
      <TopBar onMenu={drawer.open} onKeys={sheet.open} />
      <main id="page" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <KeyboardSheet opened={sheetOpen} onClose={sheet.close} />
    </div>
  );
}

/** The document has a base address, so a plain "#page" would leave the page. */
function focusPage(event: React.MouseEvent) {
  event.preventDefault();
  document.getElementById("page")?.focus();
}
