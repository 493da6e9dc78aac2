/** The first page of a release, for students. */
import type { Manifest } from "grader/files";

export const readme = ({ course, lessons }: Manifest): string =>
  `# ${course}

A course in executable TypeScript notebooks. Each lesson builds one component of a foundation model: you write it, a check says at once whether it is right, and the lesson then runs your function on real data.

## Start
\`\`\`
npm start    # installs what is missing, then opens the course in JupyterLab on your machine
\`\`\`

You need [Node](https://nodejs.org) 20.19 or newer and Python 3.10 or newer (for JupyterLab itself). The first start takes a minute or two and needs a network; later ones take seconds. Stop with Ctrl+C.

Your notebooks and your progress live in \`my-course/\`. When your instructor gives you a newer version, put it over this folder and run \`npm start\` again: it merges into your notebooks cell by cell, and what you wrote stays. Hand in the notebook file of a lesson.

\`npx course doctor\` says which device computes, and how to get a faster one.

## Lessons
${lessons.map(({ id, title, question }) => `- [${id.split("-")[0]} ${title}](notebooks/${id}.ipynb): ${question}`).join("\n")}
`;
