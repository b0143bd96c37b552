import classes from "./ClassName.module.css";

/** A class's name in a table: whole if it takes three lines at most, else cut, and whole on hovering. */
export function ClassName({ name }: { name: string }) {
  return (
    <span className={classes.name} title={name}>
      <bdi>{name === "" ? "(no name)" : name}</bdi>
    </span>
  );
}
