/** The types under which a notebook's outputs hold what the course draws. */
export const CHART_MIME = "application/vnd.plotly.v1+json";
export const VIEW_MIME = "application/vnd.course.view.v1+json";
/** A static picture of it. */
export const PICTURE_MIME = "image/png";
