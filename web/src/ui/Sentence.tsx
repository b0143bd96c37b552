import { Fragment } from "react";

/** A sentence of the server's; a name in its quotation marks keeps its own direction, and what follows it stays where it is. */
export function Sentence({ text }: { text: string }) {
  return text.split(/“([^”]*)”/).map((part, place) => (place % 2 === 0 ? <Fragment key={place}>{part}</Fragment> : <Fragment key={place}>“<bdi>{part}</bdi>”</Fragment>));
}
