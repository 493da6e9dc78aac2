#!/usr/bin/env node
/** The command `course`, in a package that a student's install has too. */
import "../cli/bin/course.mjs";
