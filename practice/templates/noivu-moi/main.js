// The practice portal has no program for browsers: read the interface, as a collector does.
// Lists: {{ request.script_root }}/api/Public/PostsByCategory?ID=12&skip=0&take=20&requireTotalCount=true
// One article: {{ request.script_root }}/api/Public/PostDetail?ID=<ID of the list>
document.title = "Practice portal";
