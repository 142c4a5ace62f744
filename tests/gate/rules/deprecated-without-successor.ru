INSERT DATA {topic:startups owl:deprecated true}
