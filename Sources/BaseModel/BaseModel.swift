// BaseModel
